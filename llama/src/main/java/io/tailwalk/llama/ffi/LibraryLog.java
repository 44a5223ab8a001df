package io.tailwalk.llama.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The log of the library. Nothing is printed; the first error since the last {@link #clear} is kept
 * to explain a failure. The callback never throws and lives as long as the process.
 */
final class LibraryLog {
  private static final int LEVEL_ERROR = 4;
  private static final int MAX_LINE_BYTES = 4096;

  private final AtomicReference<String> firstError = new AtomicReference<>("");

  /** Hands the callback to the library. */
  @SuppressWarnings("restricted")
  void attach(Symbols symbols) {
    try {
      MethodHandle accept =
          MethodHandles.lookup()
              .bind(
                  this,
                  "accept",
                  MethodType.methodType(void.class, int.class, MemorySegment.class));
      MethodHandle target = MethodHandles.dropArguments(accept, 2, MemorySegment.class);
      MemorySegment stub =
          Linker.nativeLinker()
              .upcallStub(
                  target,
                  FunctionDescriptor.ofVoid(Symbols.INT, Symbols.POINTER, Symbols.POINTER),
                  Arena.global());
      MethodHandle set = symbols.procedure("llama_log_set", Symbols.POINTER, Symbols.POINTER);
      set.invokeExact(stub, MemorySegment.NULL);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  @SuppressWarnings("restricted")
  void accept(int level, MemorySegment text) {
    try {
      if (level == LEVEL_ERROR) {
        String line = text.reinterpret(MAX_LINE_BYTES).getString(0).strip();
        firstError.compareAndSet("", line);
      }
    } catch (RuntimeException | Error _) {
      // An exception must not cross into native code; a lost log line is less harmful.
    }
  }

  void clear() {
    firstError.set("");
  }

  /** The error as the end of a sentence: empty, or {@code ": text"}. */
  String reason() {
    String line = firstError.get();
    int function = line.indexOf(": ");
    String text = function > 0 && line.startsWith("llama_") ? line.substring(function + 2) : line;
    return text.isEmpty() ? "" : ": " + text;
  }
}
