package io.tailwalk.llama.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;

/** Functions of weights: load, free, query. */
final class ModelFunctions {
  private static final int LOAD_WHOLE = 0;
  private static final int LOAD_MAPPED = 1;

  private final ParameterLayout layout;
  private final MethodHandle defaults;
  private final MethodHandle load;
  private final MethodHandle free;
  private final MethodHandle vocabulary;
  private final MethodHandle trainedContext;
  private final MethodHandle width;
  private final List<MethodHandle> statefulKinds;
  private final int maxDevices;

  ModelFunctions(Symbols symbols, ParameterLayout layout) {
    this.layout = layout;
    defaults = symbols.function("llama_model_default_params", ParameterLayout.STRUCT);
    load =
        symbols.function(
            "llama_model_load_from_file", Symbols.POINTER, Symbols.POINTER, ParameterLayout.STRUCT);
    free = symbols.procedure("llama_model_free", Symbols.POINTER);
    vocabulary = symbols.function("llama_model_get_vocab", Symbols.POINTER, Symbols.POINTER);
    trainedContext = symbols.function("llama_model_n_ctx_train", Symbols.INT, Symbols.POINTER);
    width = symbols.function("llama_model_n_embd", Symbols.INT, Symbols.POINTER);
    statefulKinds =
        List.of("llama_model_is_recurrent", "llama_model_is_hybrid").stream()
            .filter(symbols::has)
            .map(name -> symbols.function(name, Symbols.BOOL, Symbols.POINTER))
            .toList();
    maxDevices = maxDevices(symbols);
  }

  private static int maxDevices(Symbols symbols) {
    if (!symbols.has("llama_max_devices")) {
      return 1;
    }
    try {
      return Math.toIntExact(
          (long) symbols.function("llama_max_devices", Symbols.LONG).invokeExact());
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** Length of the list of shares that the library reads. */
  int maxDevices() {
    return maxDevices;
  }

  /**
   * The model, or NULL.
   *
   * @param hasGpu whether the library has a GPU; without one its defaults are kept
   */
  MemorySegment load(Path file, WeightSettings settings, boolean hasGpu) {
    boolean memoryMap = settings.memoryMap();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment parameters = arena.allocate(ParameterLayout.STRUCT);
      ParameterLayout.fill(defaults, parameters);
      if (hasGpu) {
        fillGpu(parameters, settings, arena);
      }
      if (layout.loadMode()) {
        parameters.set(Symbols.INT, layout.memoryMap(), memoryMap ? LOAD_MAPPED : LOAD_WHOLE);
      } else {
        parameters.set(ValueLayout.JAVA_BYTE, layout.memoryMap(), (byte) (memoryMap ? 1 : 0));
      }
      return (MemorySegment) load.invokeExact(arena.allocateFrom(file.toString()), parameters);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  private void fillGpu(MemorySegment parameters, WeightSettings settings, Arena arena) {
    parameters.set(Symbols.INT, layout.gpuLayers(), settings.gpuLayers());
    if (settings.gpuLayers() == 0) {
      // An empty list of devices: otherwise large batches are computed on a GPU, weights copied.
      parameters.set(Symbols.POINTER, ParameterLayout.DEVICES, arena.allocate(Symbols.POINTER));
      return;
    }
    parameters.set(Symbols.INT, layout.gpuLayers() + 4L, settings.splitMode());
    parameters.set(Symbols.INT, layout.mainGpu(), settings.mainGpu());
    if (!settings.tensorSplit().isEmpty()) {
      MemorySegment shares =
          arena.allocate(
              ValueLayout.JAVA_FLOAT, Math.max(maxDevices, settings.tensorSplit().size()));
      for (int i = 0; i < settings.tensorSplit().size(); i++) {
        shares.setAtIndex(ValueLayout.JAVA_FLOAT, i, settings.tensorSplit().get(i));
      }
      parameters.set(Symbols.POINTER, layout.tensorSplit(), shares);
    }
  }

  void free(MemorySegment model) {
    try {
      free.invokeExact(model);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  MemorySegment vocabulary(MemorySegment model) {
    try {
      return (MemorySegment) vocabulary.invokeExact(model);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  int trainedContext(MemorySegment model) {
    try {
      return (int) trainedContext.invokeExact(model);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** Size of a hidden state. */
  int width(MemorySegment model) {
    try {
      return (int) width.invokeExact(model);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** Whether the model carries a running state that cannot be cut back (recurrent, hybrid). */
  boolean isStateful(MemorySegment model) {
    try {
      for (MethodHandle kind : statefulKinds) {
        if ((boolean) kind.invokeExact(model)) {
          return true;
        }
      }
      return false;
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }
}
