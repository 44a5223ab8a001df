package io.tailwalk.llama.ffi;

import io.tailwalk.core.model.ModelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/*
 * llama_model_params and llama_context_params move between releases of llama.cpp. Their fields are
 * found by the values that llama_*_default_params writes; a library with a field at a different
 * place than in all known generations is refused, and so is one that names a build of KnownBuilds
 * whose fields lie elsewhere. Both structs are handled as BYTES bytes: they are
 * passed last, and larger than two registers, so that every ABI of the platforms here passes them
 * in memory and the callee reads only its own size.
 *
 *   generation           context parameters                                 model parameters
 *   early 2025 (b4916)   threads@16, types@88, no unified flag               use_mmap@57
 *   mid 2025             types, abort, then flags 0 1 0 1 1 1 [unified]      use_mmap
 *   late 2025 - 2026     flash type after attention type, flags 0 1 1 1 1 u  use_mmap or load mode
 *   October 2026         the same, with moe_cache_size before the abort callback
 */
/**
 * Offsets of the parameters that this program sets in the library's structs.
 *
 * @param threads offset of {@code n_threads}; {@code n_threads_batch} follows
 * @param pooling offset of {@code pooling_type}
 * @param flashType offset of {@code flash_attn_type}; -1 if it is a flag
 * @param flashFlag offset of the flag {@code flash_attn}; -1 if it is a type
 * @param cacheTypes offset of {@code type_k}; {@code type_v} follows
 * @param unified offset of {@code kv_unified}; -1 if the cache is always unified
 * @param memoryMap offset of {@code use_mmap}, or of {@code load_mode} if {@code loadMode}
 * @param loadMode whether loading is selected by a mode instead of a flag
 * @param gpuLayers offset of {@code n_gpu_layers}; {@code split_mode} follows
 * @param mainGpu offset of {@code main_gpu}
 * @param tensorSplit offset of {@code tensor_split}
 */
record ParameterLayout(
    int threads,
    int pooling,
    int flashType,
    int flashFlag,
    int cacheTypes,
    int unified,
    int memoryMap,
    boolean loadMode,
    int gpuLayers,
    int mainGpu,
    int tensorSplit) {

  static final int BYTES = 512;
  static final StructLayout STRUCT =
      MemoryLayout.structLayout(MemoryLayout.sequenceLayout(BYTES / 8, Symbols.LONG));

  /** {@code devices} opens the parameters of a model in every build. */
  static final int DEVICES = 0;

  static final int CONTEXT_TOKENS = 0;
  static final int BATCH_TOKENS = 4;
  static final int PHYSICAL_BATCH_TOKENS = 8;
  static final int SEQUENCES = 12;

  private static final int DEFAULT_CONTEXT = 512;
  private static final int DEFAULT_BATCH = 2048;
  private static final int DEFAULT_THREADS = 4;
  private static final int TYPE_F16 = 1;
  private static final int SPLIT_BY_LAYER = 1;

  /** From the first flag of a model back to {@code tensor_split}: four pointers. */
  private static final int POINTERS = 32;

  /**
   * Reads the defaults and finds the fields.
   *
   * @throws ModelException if the defaults are unknown, or if the library names a build whose
   *     fields lie elsewhere
   */
  static ParameterLayout probe(Path library, Symbols symbols) {
    MethodHandle model = symbols.function("llama_model_default_params", STRUCT);
    MethodHandle context = symbols.function("llama_context_default_params", STRUCT);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment modelDefaults = arena.allocate(STRUCT);
      MemorySegment contextDefaults = arena.allocate(STRUCT);
      fill(model, modelDefaults);
      fill(context, contextDefaults);
      ParameterLayout found =
          find(modelDefaults, contextDefaults, symbols.has("llama_load_mode_name"))
              .orElseThrow(() ->
                  new ModelException(
                      library
                          + " has an unknown parameter layout; name a llama.cpp library between b4916"
                          + " and 0.6.0 (./tailwalk engine install cpu fetches one), or none to use"
                          + " the embedded one"));
      return KnownBuilds.checked(library, Build.of(symbols), found);
    }
  }

  /** Writes a struct of defaults into {@code target}. */
  static void fill(MethodHandle defaults, MemorySegment target) {
    try {
      target.fill((byte) 0);
      MemorySegment written =
          (MemorySegment) defaults.invokeExact(SegmentAllocator.prefixAllocator(target));
      if (written.address() != target.address()) {
        MemorySegment.copy(written, 0, target, 0, BYTES);
      }
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  static Optional<ParameterLayout> find(
      MemorySegment model, MemorySegment context, boolean loadMode) {
    int threads = threads(context);
    int minusOnes = threads < 0 ? -1 : firstMinusOne(context, threads + 8);
    int types = minusOnes < 0 ? -1 : cacheTypes(context, minusOnes);
    Optional<ModelPart> part = loadMode ? withLoadMode(model) : withMapFlag(model);
    if (types < 0
        || part.isEmpty()
        || at(context, minusOnes + 4) != -1
        || at(context, minusOnes + 8) != -1) {
      return Optional.empty();
    }
    boolean hasFlashType = at(context, minusOnes + 12) == -1;
    return flags(context, types + 8, hasFlashType)
        .map(flags ->
            new ParameterLayout(
                threads,
                minusOnes + 4,
                hasFlashType ? minusOnes + 12 : -1,
                flags.flash(),
                types,
                flags.unified(),
                part.get().memoryMap(),
                loadMode,
                part.get().gpuLayers(),
                part.get().mainGpu(),
                part.get().tensorSplit()));
  }

  private record ModelPart(int memoryMap, int gpuLayers, int mainGpu, int tensorSplit) {}

  private record ContextFlags(int flash, int unified) {}

  private static int at(MemorySegment struct, int offset) {
    return struct.get(Symbols.INT, offset);
  }

  private static int threads(MemorySegment context) {
    if (at(context, CONTEXT_TOKENS) != DEFAULT_CONTEXT
        || at(context, BATCH_TOKENS) != DEFAULT_BATCH
        || at(context, PHYSICAL_BATCH_TOKENS) != DEFAULT_CONTEXT
        || at(context, SEQUENCES) != 1) {
      return -1;
    }
    for (int offset = 16; offset <= 48; offset += 4) {
      if (at(context, offset) == DEFAULT_THREADS && at(context, offset + 4) == DEFAULT_THREADS) {
        return offset;
      }
    }
    return -1;
  }

  /** Rope scaling, pooling and attention type are all -1, possibly after a context type of 0. */
  private static int firstMinusOne(MemorySegment context, int start) {
    if (at(context, start) == -1) {
      return start;
    }
    return at(context, start) == 0 && at(context, start + 4) == -1 ? start + 4 : -1;
  }

  /** Key and value type follow two null pointers (the evaluation callback and its data). */
  private static int cacheTypes(MemorySegment context, int start) {
    for (int offset = Math.ceilDiv(start + 16, 8) * 8; offset <= 128; offset += 8) {
      if (at(context, offset) == TYPE_F16
          && at(context, offset + 4) == TYPE_F16
          && context.get(Symbols.LONG, offset - 8) == 0
          && context.get(Symbols.LONG, offset - 16) == 0) {
        return offset;
      }
    }
    return -1;
  }

  /** The flags after the types of the cache; empty if they are unknown. */
  private static Optional<ContextFlags> flags(
      MemorySegment context, int afterTypes, boolean hasFlashType) {
    // logits_all, embeddings, offload_kqv, flash_attn, no_perf; the abort callback follows.
    if (flags(context, afterTypes, 0, 0, 1, 0, 1)) {
      return Optional.of(new ContextFlags(afterTypes + 3, -1));
    }
    // The abort callback and its data come first, in 2026 after the size of a cache of experts.
    for (int start = afterTypes + 16; start <= afterTypes + 24; start += 8) {
      if (context.get(Symbols.LONG, start - 8) != 0 || context.get(Symbols.LONG, start - 16) != 0) {
        continue;
      }
      // embeddings, offload_kqv, [flash_attn,] no_perf, op_offload, swa_full, kv_unified
      if (hasFlashType && flags(context, start, 0, 1, 1, 1, 1, 0)) {
        return Optional.of(new ContextFlags(-1, start + 5));
      }
      if (!hasFlashType && flags(context, start, 0, 1, 0, 1, 1, 1, 0)) {
        return Optional.of(new ContextFlags(start + 2, start + 6));
      }
    }
    return Optional.empty();
  }

  private static boolean flags(MemorySegment struct, int start, int... expected) {
    for (int i = 0; i < expected.length; i++) {
      if (struct.get(ValueLayout.JAVA_BYTE, start + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@code n_gpu_layers}, {@code split_mode} = 1 and {@code load_mode} = -1 (automatic) follow each
   * other, and {@code vocab_only} = 0, {@code check_tensors} = 0, {@code use_extra_bufts} = 1 are
   * the first flags.
   */
  private static Optional<ModelPart> withLoadMode(MemorySegment model) {
    int loading = 24;
    if (at(model, loading - 4) != SPLIT_BY_LAYER || at(model, loading) != -1) {
      return Optional.empty();
    }
    return firstFlags(model)
        .filter(flags -> flags >= loading + 8 + POINTERS && flags(model, flags, 0, 0, 1, 0))
        .map(flags -> part(loading, loading - 8, flags))
        .filter(part -> isPlain(model, part));
  }

  /** {@code vocab_only} = 0, {@code use_mmap} = 1 open the flags. */
  private static Optional<ModelPart> withMapFlag(MemorySegment model) {
    return firstFlags(model)
        .filter(flags -> flags(model, flags, 0, 1))
        .map(flags -> part(flags + 1, flags - POINTERS - 16, flags))
        .filter(part -> at(model, part.gpuLayers() + 4) == SPLIT_BY_LAYER && isPlain(model, part));
  }

  private static ModelPart part(int memoryMap, int gpuLayers, int flags) {
    int split = flags - POINTERS;
    // n_gpu_layers, split_mode, [load_mode, [lazy_mode,]] main_gpu: padded if their number is odd.
    boolean isEven = memoryMap == gpuLayers + 8 && split == gpuLayers + 16;
    return new ModelPart(memoryMap, gpuLayers, split - (isEven ? 4 : 8), split);
  }

  private static boolean isPlain(MemorySegment model, ModelPart part) {
    return at(model, part.mainGpu()) == 0 && model.get(Symbols.LONG, part.tensorSplit()) == 0;
  }

  /** The first byte group that is not null after the row of pointers. */
  private static Optional<Integer> firstFlags(MemorySegment model) {
    for (int offset = 40; offset <= 80; offset += 8) {
      if (model.get(Symbols.LONG, offset) != 0) {
        return Optional.of(offset);
      }
    }
    return Optional.empty();
  }
}
