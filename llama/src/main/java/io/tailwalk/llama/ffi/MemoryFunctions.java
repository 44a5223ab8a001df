package io.tailwalk.llama.ffi;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The KV cache of a context, under its names of 2026 ({@code memory}) or of early 2025. */
final class MemoryFunctions {
  private final Optional<MethodHandle> ofContext;
  private final MethodHandle remove;
  private final MethodHandle copy;
  private final MethodHandle lastPosition;
  private final MethodHandle clear;

  MemoryFunctions(Symbols symbols) {
    boolean named = symbols.has("llama_get_memory");
    String prefix = named ? "llama_memory_" : "llama_kv_self_";
    ofContext =
        named
            ? Optional.of(symbols.function("llama_get_memory", Symbols.POINTER, Symbols.POINTER))
            : Optional.empty();
    remove =
        symbols.function(
            prefix + "seq_rm",
            Symbols.BOOL,
            Symbols.POINTER,
            Symbols.INT,
            Symbols.INT,
            Symbols.INT);
    copy =
        symbols.procedure(
            prefix + "seq_cp", Symbols.POINTER, Symbols.INT, Symbols.INT, Symbols.INT, Symbols.INT);
    lastPosition =
        symbols.function(prefix + "seq_pos_max", Symbols.INT, Symbols.POINTER, Symbols.INT);
    clear =
        named
            ? symbols.procedure(prefix + "clear", Symbols.POINTER, Symbols.BOOL)
            : symbols.procedure(prefix + "clear", Symbols.POINTER);
  }

  /** Removes positions {@code from} and later of a sequence; false if the model cannot. */
  boolean truncate(MemorySegment context, int sequence, int from) {
    try {
      return (boolean) remove.invokeExact(memory(context), sequence, from, -1);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** Lets {@code target} share positions 0 .. {@code positions} - 1 of {@code source}. */
  void share(MemorySegment context, int source, int target, int positions) {
    try {
      copy.invokeExact(memory(context), source, target, 0, positions);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** Largest position of a sequence; 0 or -1 for an empty one, depending on the library's age. */
  int lastPosition(MemorySegment context, int sequence) {
    try {
      return (int) lastPosition.invokeExact(memory(context), sequence);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  void clear(MemorySegment context) {
    try {
      if (ofContext.isPresent()) {
        clear.invokeExact(memory(context), true);
      } else {
        clear.invokeExact(context);
      }
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  private MemorySegment memory(MemorySegment context) throws Throwable {
    return ofContext.isPresent() ? (MemorySegment) ofContext.get().invokeExact(context) : context;
  }
}
