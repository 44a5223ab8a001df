package io.tailwalk.runs.models;

import io.tailwalk.runs.work.InputException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How llama.cpp computes a GGUF model.
 *
 * @param batch maximal number of tokens in one call, at least 2; empty for the default
 * @param microBatch maximal number of tokens that are computed together, 1 .. {@code batch}; empty
 *     for {@code batch}
 * @param cacheType number type of cached keys and values, by name; empty to choose it by the file
 * @param flashAttention whether attention is computed in one pass
 * @param gpuLayers number of layers on GPUs, {@link #ALL_LAYERS} for all; empty for all if the
 *     library has a GPU
 * @param mainGpu place of the GPU that computes, from 0; empty for the first
 * @param splitMode how several GPUs share the model: none, layer, row; empty for layer
 * @param tensorSplit shares of the GPUs; empty for shares by free memory
 */
public record EngineSettings(
    OptionalInt batch,
    OptionalInt microBatch,
    Optional<String> cacheType,
    boolean flashAttention,
    OptionalInt gpuLayers,
    OptionalInt mainGpu,
    Optional<String> splitMode,
    List<Double> tensorSplit) {
  /** All layers of a model. */
  public static final int ALL_LAYERS = Integer.MAX_VALUE;

  /** Tokens in one call, if nothing else is set. */
  public static final int DEFAULT_BATCH = 512;

  /** The settings of llama.cpp's library, everything on a GPU if it has one. */
  public static final EngineSettings DEFAULT =
      new EngineSettings(
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          false,
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          List.of());

  /**
   * Checks the ranges.
   *
   * @throws InputException about the setting {@code batch} or {@code micro-batch}
   */
  public EngineSettings {
    tensorSplit = List.copyOf(tensorSplit);
    int tokens = batch.orElse(DEFAULT_BATCH);
    if (tokens < 2) {
      throw InputException.about("batch", "must be at least 2, got " + tokens);
    }
    int together = microBatch.orElse(tokens);
    if (together < 1 || together > tokens) {
      throw InputException.about(
          "micro-batch", "must be between 1 and --batch, %d, got %d".formatted(tokens, together));
    }
  }

  /** The flag of the first setting that is not the default; empty text if all are. */
  String firstFlag() {
    return batch.isPresent()
        ? "batch"
        : microBatch.isPresent()
            ? "micro-batch"
            : cacheType.isPresent()
                ? "cache-type"
                : flashAttention
                    ? "flash-attn"
                    : gpuLayers.isPresent()
                        ? "gpu-layers"
                        : mainGpu.isPresent()
                            ? "main-gpu"
                            : splitMode.isPresent()
                                ? "split-mode"
                                : tensorSplit.isEmpty() ? "" : "tensor-split";
  }

  /** Returns these settings with everything computed on the processor. */
  public EngineSettings onProcessor() {
    return new EngineSettings(
        batch,
        microBatch,
        cacheType,
        flashAttention,
        OptionalInt.of(0),
        OptionalInt.empty(),
        Optional.empty(),
        List.of());
  }
}
