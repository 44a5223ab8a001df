package io.tailwalk.llama.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log of the library. Nothing is printed; the first error since the last {@link #clear} is kept
 * to explain a failure, and the number of offloaded layers, for which there is no function. The
 * callback never throws and lives as long as the process.
 */
final class LibraryLog {
  private static final int LEVEL_ERROR = 4;
  private static final int MAX_LINE_BYTES = 4096;

  private static final Pattern OFFLOADED =
      Pattern.compile("offloaded (\\d{1,6})/(\\d{1,6}) layers");

  private final AtomicReference<String> firstError = new AtomicReference<>("");
  private final AtomicInteger offloaded = new AtomicInteger();
  private final AtomicInteger layers = new AtomicInteger();

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
      String line = text.reinterpret(MAX_LINE_BYTES).getString(0).strip();
      if (level == LEVEL_ERROR) {
        firstError.compareAndSet("", line);
      }
      Matcher found = OFFLOADED.matcher(line);
      if (found.find()) {
        offloaded.set(Integer.parseInt(found.group(1)));
        layers.set(Integer.parseInt(found.group(2)));
      }
    } catch (RuntimeException | Error _) {
      // An exception must not cross into native code; a lost log line is less harmful.
    }
  }

  void clear() {
    firstError.set("");
    offloaded.set(0);
    layers.set(0);
  }

  /** Layers on GPUs by the last loading since {@link #clear}, with the output layer; 0 if none. */
  int offloaded() {
    return offloaded.get();
  }

  /** Layers of the model whose loading logged {@link #offloaded}; 0 if none did. */
  int layers() {
    return layers.get();
  }

  /** The error as the end of a sentence: empty, or {@code ": text"}. */
  String reason() {
    String line = firstError.get();
    int function = line.indexOf(": ");
    String text = function > 0 && line.startsWith("llama_") ? line.substring(function + 2) : line;
    return text.isEmpty() ? "" : ": " + text;
  }
}
