package io.tailwalk.console.flags;

import io.tailwalk.runs.models.EngineSettings;
import io.tailwalk.runs.work.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags for the way in which llama.cpp computes a GGUF model, named as llama.cpp's own. */
public final class EngineFlags {
  private static final int MOST_TOKENS = 1 << 20;
  private static final int MOST_LAYERS = 9999;
  private static final int MOST_GPUS = 64;

  @Option(
      names = "--batch",
      paramLabel = "TOKENS",
      description = "Maximal number of tokens in one call of a GGUF model, from 2. Default: 512.")
  private @Nullable Integer batch;

  @Option(
      names = "--micro-batch",
      paramLabel = "TOKENS",
      description =
          "Maximal number of tokens that a GGUF model computes together, at most --batch; fewer need"
              + " less memory. Default: --batch.")
  private @Nullable Integer microBatch;

  @Option(
      names = "--cache-type",
      paramLabel = "TYPE",
      description =
          "Number type of a GGUF model's cached keys and values: f32, f16, bf16, or q8_0, which"
              + " requires --flash-attn on. Default: auto, f32 for weights of that type, otherwise"
              + " f16.")
  private @Nullable String cacheType;

  @Option(
      names = "--flash-attn",
      paramLabel = "on|off",
      description =
          "Attention of a GGUF model in one pass: less memory and faster on a GPU, with other"
              + " rounding. Default: off.")
  private @Nullable String flashAttention;

  @Option(
      names = "--gpu-layers",
      paramLabel = "N|all",
      description =
          "Number of layers of a GGUF model on GPUs, counting the output as one; 0 computes on the"
              + " processor. Default: all if the library has a GPU (see --lib).")
  private @Nullable String gpuLayers;

  @Option(
      names = "--main-gpu",
      paramLabel = "N",
      description =
          "Place of the GPU that computes, from 0, for one GPU or for splits by row. Default: 0.")
  private @Nullable Integer mainGpu;

  @Option(
      names = "--split-mode",
      paramLabel = "none|layer|row",
      description =
          "How several GPUs share a GGUF model: one has all (none), each has layers (layer) or rows"
              + " of every layer (row). Default: layer, or none with --main-gpu.")
  private @Nullable String splitMode;

  @Option(
      names = "--tensor-split",
      paramLabel = "SHARE,SHARE...",
      split = ",",
      description = "Shares of the GPUs in a GGUF model, in their order. Default: by free memory.")
  private List<Double> tensorSplit = new ArrayList<>();

  /** Refuses numbers out of range. */
  void check() {
    if (batch != null) {
      Require.between("--batch", batch, 2, MOST_TOKENS);
    }
    if (microBatch != null) {
      int most = batch == null ? EngineSettings.DEFAULT_BATCH : batch;
      Require.between("--micro-batch", microBatch, 1, most);
    }
    if (mainGpu != null) {
      Require.between("--main-gpu", mainGpu, 0, MOST_GPUS);
    }
    Require.that(
        flashAttention == null || flashAttention.equals("on") || flashAttention.equals("off"),
        "--flash-attn accepts on or off, got '" + flashAttention + "'");
    var _ = layers();
  }

  private OptionalInt layers() {
    if (gpuLayers == null) {
      return OptionalInt.empty();
    }
    if (gpuLayers.equals("all")) {
      return OptionalInt.of(EngineSettings.ALL_LAYERS);
    }
    if (!gpuLayers.matches("[0-9]{1,4}")) {
      throw new InputException(
          "--gpu-layers accepts all or a number from 0 to "
              + MOST_LAYERS
              + ", got '"
              + gpuLayers
              + "'");
    }
    return OptionalInt.of(Integer.parseInt(gpuLayers));
  }

  /** The settings. */
  EngineSettings settings() {
    check();
    return new EngineSettings(
        number(batch),
        number(microBatch),
        Optional.ofNullable(cacheType),
        "on".equals(flashAttention),
        layers(),
        number(mainGpu),
        Optional.ofNullable(splitMode),
        tensorSplit);
  }

  private static OptionalInt number(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
