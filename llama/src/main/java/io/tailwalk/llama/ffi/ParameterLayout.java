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
 * place than in all known generations is refused. Both structs are handled as BYTES bytes: they are
 * passed last, and larger than two registers, so that every ABI of the platforms here passes them
 * in memory and the callee reads only its own size.
 *
 *   generation           context parameters                                 model parameters
 *   early 2025 (b4916)   threads@16, types@88, no unified flag               use_mmap@57
 *   mid 2025             types, abort, then flags 0 1 0 1 1 1 [unified]      use_mmap
 *   late 2025 - 2026     flash type after attention type, flags 0 1 1 1 1 u  use_mmap or load mode
 */
/**
 * Offsets of the parameters that this program sets in the library's structs.
 *
 * @param threads offset of {@code n_threads}; {@code n_threads_batch} follows
 * @param pooling offset of {@code pooling_type}
 * @param flashType offset of {@code flash_attn_type}; -1 if it is a flag that is off by default
 * @param cacheTypes offset of {@code type_k}; {@code type_v} follows
 * @param unified offset of {@code kv_unified}; -1 if the cache is always unified
 * @param memoryMap offset of {@code use_mmap}, or of {@code load_mode} if {@code loadMode}
 * @param loadMode whether loading is selected by a mode instead of a flag
 */
record ParameterLayout(
    int threads,
    int pooling,
    int flashType,
    int cacheTypes,
    int unified,
    int memoryMap,
    boolean loadMode) {

  static final int BYTES = 512;
  static final StructLayout STRUCT =
      MemoryLayout.structLayout(MemoryLayout.sequenceLayout(BYTES / 8, Symbols.LONG));

  static final int CONTEXT_TOKENS = 0;
  static final int BATCH_TOKENS = 4;
  static final int PHYSICAL_BATCH_TOKENS = 8;
  static final int SEQUENCES = 12;

  private static final int DEFAULT_CONTEXT = 512;
  private static final int DEFAULT_BATCH = 2048;
  private static final int DEFAULT_THREADS = 4;
  private static final int TYPE_F16 = 1;

  /** Reads the defaults and finds the fields; refuses a library whose defaults are unknown. */
  static ParameterLayout probe(Path library, Symbols symbols) {
    MethodHandle model = symbols.function("llama_model_default_params", STRUCT);
    MethodHandle context = symbols.function("llama_context_default_params", STRUCT);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment modelDefaults = arena.allocate(STRUCT);
      MemorySegment contextDefaults = arena.allocate(STRUCT);
      fill(model, modelDefaults);
      fill(context, contextDefaults);
      return find(modelDefaults, contextDefaults, symbols.has("llama_load_mode_name"))
          .orElseThrow(() ->
              new ModelException(
                  library
                      + " has an unknown parameter layout; name a"
                      + " llama.cpp library between b4916 and v0.5.0, or none to use the"
                      + " embedded one"));
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
    int memoryMap = loadMode ? loadModeOffset(model) : mapFlagOffset(model);
    if (types < 0
        || memoryMap < 0
        || at(context, minusOnes + 4) != -1
        || at(context, minusOnes + 8) != -1) {
      return Optional.empty();
    }
    boolean hasFlashType = at(context, minusOnes + 12) == -1;
    return unified(context, types + 8, hasFlashType)
        .map(unified ->
            new ParameterLayout(
                threads,
                minusOnes + 4,
                hasFlashType ? minusOnes + 12 : -1,
                types,
                unified,
                memoryMap,
                loadMode));
  }

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

  /** Offset of the flag {@code kv_unified}, -1 if there is none, empty if the flags are unknown. */
  private static Optional<Integer> unified(
      MemorySegment context, int afterTypes, boolean hasFlashType) {
    if (flags(context, afterTypes, 0, 0, 1, 0)) {
      return Optional.of(-1);
    }
    if (context.get(Symbols.LONG, afterTypes) != 0
        || context.get(Symbols.LONG, afterTypes + 8) != 0) {
      return Optional.empty();
    }
    int start = afterTypes + 16;
    if (hasFlashType) {
      return flags(context, start, 0, 1, 1, 1, 1, 0) ? Optional.of(start + 5) : Optional.empty();
    }
    return flags(context, start, 0, 1, 0, 1, 1, 1, 0) ? Optional.of(start + 6) : Optional.empty();
  }

  private static boolean flags(MemorySegment struct, int start, int... expected) {
    for (int i = 0; i < expected.length; i++) {
      if (struct.get(ValueLayout.JAVA_BYTE, start + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** {@code load_mode} is -1 (automatic) behind {@code n_gpu_layers} and {@code split_mode} = 1. */
  private static int loadModeOffset(MemorySegment model) {
    for (int offset = 16; offset <= 32; offset += 4) {
      if (at(model, offset - 4) == 1 && at(model, offset) == -1) {
        return offset;
      }
    }
    return -1;
  }

  /** {@code vocab_only} = 0, {@code use_mmap} = 1 open the flags, after a row of null pointers. */
  private static int mapFlagOffset(MemorySegment model) {
    for (int offset = 40; offset <= 80; offset += 8) {
      if (model.get(Symbols.LONG, offset) != 0) {
        return flags(model, offset, 0, 1) ? offset + 1 : -1;
      }
    }
    return -1;
  }
}
