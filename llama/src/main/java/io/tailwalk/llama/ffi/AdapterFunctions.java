package io.tailwalk.llama.ffi;

import io.tailwalk.core.model.ModelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Functions of low-rank adapters: load, apply. Libraries of 2025 apply adapters one by one, later
 * ones all at once. The weights own loaded adapters and free them.
 */
final class AdapterFunctions {
  private static final String LOAD = "llama_adapter_lora_init";
  private static final String APPLY_ONE = "llama_set_adapter_lora";
  private static final String APPLY_ALL = "llama_set_adapters_lora";

  private final Path library;
  private final Optional<MethodHandle> load;
  private final Optional<MethodHandle> applyOne;
  private final Optional<MethodHandle> applyAll;

  /**
   * An adapter on its weights.
   *
   * @param address the library's adapter
   * @param scale factor of its change
   */
  record Scaled(MemorySegment address, float scale) {}

  AdapterFunctions(Path library, Symbols symbols) {
    this.library = library;
    load =
        symbols.has(LOAD)
            ? Optional.of(symbols.function(LOAD, Symbols.POINTER, Symbols.POINTER, Symbols.POINTER))
            : Optional.empty();
    applyOne =
        symbols.has(APPLY_ONE)
            ? Optional.of(
                symbols.function(
                    APPLY_ONE,
                    Symbols.INT,
                    Symbols.POINTER,
                    Symbols.POINTER,
                    ValueLayout.JAVA_FLOAT))
            : Optional.empty();
    applyAll =
        symbols.has(APPLY_ALL)
            ? Optional.of(
                symbols.function(
                    APPLY_ALL,
                    Symbols.INT,
                    Symbols.POINTER,
                    Symbols.POINTER,
                    Symbols.LONG,
                    Symbols.POINTER))
            : Optional.empty();
  }

  /**
   * The adapter, or NULL.
   *
   * @throws ModelException if the library has no functions for adapters
   */
  MemorySegment load(MemorySegment model, Path file) {
    if (load.isEmpty() || (applyOne.isEmpty() && applyAll.isEmpty())) {
      throw new ModelException(
          library + " has no functions for LoRA adapters; name another llama.cpp library");
    }
    try (Arena arena = Arena.ofConfined()) {
      return (MemorySegment) load.get().invokeExact(model, arena.allocateFrom(file.toString()));
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** Applies adapters to a context that has none; whether the library did. */
  boolean apply(MemorySegment context, List<Scaled> adapters) {
    if (adapters.isEmpty()) {
      return true;
    }
    try (Arena arena = Arena.ofConfined()) {
      if (applyAll.isPresent()) {
        MemorySegment addresses = arena.allocate(Symbols.POINTER, adapters.size());
        MemorySegment scales = arena.allocate(ValueLayout.JAVA_FLOAT, adapters.size());
        for (int i = 0; i < adapters.size(); i++) {
          addresses.setAtIndex(Symbols.POINTER, i, adapters.get(i).address());
          scales.setAtIndex(ValueLayout.JAVA_FLOAT, i, adapters.get(i).scale());
        }
        return (int) applyAll.get().invokeExact(context, addresses, (long) adapters.size(), scales)
            == 0;
      }
      for (Scaled adapter : adapters) {
        int code =
            (int) applyOne.orElseThrow().invokeExact(context, adapter.address(), adapter.scale());
        if (code != 0) {
          return false;
        }
      }
      return true;
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }
}
