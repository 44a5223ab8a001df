package io.tailwalk.llama.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** Functions of devices; libraries without them compute on the processor. */
final class DeviceFunctions {
  private static final int GPU = 1;

  /** A GPU in the processor in builds since September 2025, a library like BLAS in older ones. */
  private static final int INTEGRATED_OR_LIBRARY = 2;

  private final Symbols symbols;
  private final boolean known;

  DeviceFunctions(Symbols symbols) {
    this.symbols = symbols;
    known = symbols.has("ggml_backend_dev_count") && symbols.has("ggml_backend_dev_get");
  }

  /** The devices, in the library's order. */
  List<Device> all() {
    List<Device> devices = new ArrayList<>();
    if (!known) {
      return devices;
    }
    try (Arena arena = Arena.ofConfined()) {
      long count = (long) symbols.function("ggml_backend_dev_count", Symbols.LONG).invokeExact();
      MethodHandle get = symbols.function("ggml_backend_dev_get", Symbols.POINTER, Symbols.LONG);
      MethodHandle name = text("ggml_backend_dev_name");
      MethodHandle description = text("ggml_backend_dev_description");
      MethodHandle type = symbols.function("ggml_backend_dev_type", Symbols.INT, Symbols.POINTER);
      MethodHandle memory =
          symbols.procedure(
              "ggml_backend_dev_memory", Symbols.POINTER, Symbols.POINTER, Symbols.POINTER);
      MemorySegment free = arena.allocate(Symbols.LONG);
      MemorySegment total = arena.allocate(Symbols.LONG);
      for (long i = 0; i < count; i++) {
        MemorySegment device = (MemorySegment) get.invokeExact(i);
        String word = string((MemorySegment) name.invokeExact(device));
        String hardware = string((MemorySegment) description.invokeExact(device));
        int kind = (int) type.invokeExact(device);
        memory.invokeExact(device, free, total);
        long bytes = Math.max(0, total.get(Symbols.LONG, 0));
        devices.add(new Device(word, hardware, isGpu(kind, word), bytes));
      }
      return devices;
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  private boolean isGpu(int kind, String name) {
    return kind == GPU
        || (kind == INTEGRATED_OR_LIBRARY
            && symbols.has("llama_flash_attn_type_name")
            && !name.equals("BLAS"));
  }

  private MethodHandle text(String function) {
    return symbols.function(function, Symbols.POINTER, Symbols.POINTER);
  }

  private static String string(MemorySegment address) {
    return Symbols.text(address).orElse("");
  }
}
