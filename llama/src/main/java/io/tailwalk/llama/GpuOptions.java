package io.tailwalk.llama;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.engine.EngineKind;
import io.tailwalk.llama.ffi.Device;
import io.tailwalk.llama.ffi.LlamaLibrary;
import io.tailwalk.llama.ffi.WeightSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Which part of a model GPUs compute.
 *
 * @param layers number of layers on GPUs, at least 0, the output layer counted as one; {@link #ALL}
 *     for all, 0 to compute everything on the processor; empty for all if the library has a GPU
 * @param mainGpu place of the GPU that computes, from 0 in the library's order, for one GPU or
 *     splits by row; empty for the first
 * @param splitMode how several GPUs share the model; empty for by layer, or for one GPU if {@code
 *     mainGpu} is given
 * @param tensorSplit shares of the GPUs, at least 0 and not all 0; empty for shares by free memory
 */
public record GpuOptions(
    OptionalInt layers,
    OptionalInt mainGpu,
    Optional<SplitMode> splitMode,
    List<Double> tensorSplit) {
  /** All layers. */
  public static final int ALL = Integer.MAX_VALUE;

  /** All layers on the GPUs of a library that has some, otherwise on the processor. */
  public static final GpuOptions DEFAULT =
      new GpuOptions(OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), List.of());

  /** Everything on the processor. */
  public static final GpuOptions PROCESSOR =
      new GpuOptions(OptionalInt.of(0), OptionalInt.empty(), Optional.empty(), List.of());

  /** More layers than any model has, small enough that sums do not overflow. */
  private static final int MOST_LAYERS = 9999;

  /** Refuses values out of range, and those that would have no effect. */
  public GpuOptions {
    tensorSplit = List.copyOf(tensorSplit);
    require(layers.orElse(0) >= 0, "--gpu-layers must be at least 0, or 'all'");
    require(mainGpu.orElse(0) >= 0, "--main-gpu must be at least 0");
    require(
        tensorSplit.stream().allMatch(share -> share >= 0 && Double.isFinite(share))
            && (tensorSplit.isEmpty() || tensorSplit.stream().anyMatch(share -> share > 0)),
        "--tensor-split needs finite shares of at least 0, one of them above 0");
    boolean other = mainGpu.isPresent() || splitMode.isPresent() || !tensorSplit.isEmpty();
    require(
        layers.orElse(1) > 0 || !other,
        "--gpu-layers 0 computes on the processor; omit --main-gpu, --split-mode and --tensor-split");
    require(
        mainGpu.isEmpty() || splitMode.orElse(SplitMode.NONE) != SplitMode.LAYER,
        "--main-gpu has no effect with --split-mode layer; use none or row, or --tensor-split");
    require(
        tensorSplit.isEmpty()
            || splitMode.orElse(mainGpu.isPresent() ? SplitMode.NONE : SplitMode.LAYER)
                != SplitMode.NONE,
        "--tensor-split has no effect on one GPU; use --split-mode layer or row");
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }

  /** Whether a GPU is asked for. */
  public boolean needsGpu() {
    return layers.orElse(0) > 0
        || mainGpu.isPresent()
        || splitMode.isPresent()
        || !tensorSplit.isEmpty();
  }

  /**
   * The settings for a library on this machine.
   *
   * @throws ModelException if a GPU is asked for that the library does not have
   */
  WeightSettings of(LlamaLibrary library, boolean memoryMap) {
    List<Device> gpus = library.devices().stream().filter(Device::isGpu).toList();
    if (gpus.isEmpty()) {
      if (needsGpu()) {
        throw new ModelException(
            "a GPU is asked for (--gpu-layers, --main-gpu, --split-mode or --tensor-split), but "
                + library.path()
                + " computes on the processor, because "
                + library.noGpuReason()
                + "; "
                + remedy(library));
      }
      return WeightSettings.onProcessor(memoryMap);
    }
    int main = mainGpu.orElse(0);
    if (main >= gpus.size() || tensorSplit.size() > Math.min(gpus.size(), library.maxDevices())) {
      throw new ModelException(
          "--main-gpu is %d and --tensor-split has %d shares, but the library has %d GPU(s): %s; count them from 0"
              .formatted(
                  main,
                  tensorSplit.size(),
                  gpus.size(),
                  gpus.stream().map(Device::words).collect(Collectors.joining(", "))));
    }
    SplitMode mode = splitMode.orElse(mainGpu.isPresent() ? SplitMode.NONE : SplitMode.LAYER);
    return new WeightSettings(
        memoryMap,
        Math.min(layers.orElse(ALL), MOST_LAYERS),
        main,
        mode.number(),
        tensorSplit.stream().map(Double::floatValue).toList());
  }

  /** What to do about a library without a GPU. */
  private static String remedy(LlamaLibrary library) {
    String reason = library.noGpuReason();
    if (reason.contains("cannot be loaded")) {
      return "install what its back end needs, or omit the flag";
    }
    if (reason.contains("found no GPU")) {
      return "check that the GPU and its driver are there for this user, or omit the flag";
    }
    String kinds =
        EngineKind.ofGpusHere().stream().map(EngineKind::word).collect(Collectors.joining("|"));
    return kinds.isEmpty()
        ? "name a library with a GPU back end (--lib), or omit the flag"
        : "run ./tailwalk engine install %s and add --lib %s, or omit the flag"
            .formatted(kinds, kinds);
  }

  /** One word for each value, which {@link #decoded} reads. */
  List<String> encoded() {
    return List.of(
        layers.isPresent() ? Integer.toString(layers.getAsInt()) : "-",
        mainGpu.isPresent() ? Integer.toString(mainGpu.getAsInt()) : "-",
        splitMode.map(SplitMode::word).orElse("-"),
        tensorSplit.isEmpty()
            ? "-"
            : tensorSplit.stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  /** The inverse of {@link #encoded}. */
  static GpuOptions decoded(List<String> words) {
    return new GpuOptions(
        number(words.get(0)),
        number(words.get(1)),
        SplitMode.of(words.get(2)),
        words.get(3).equals("-")
            ? List.of()
            : List.of(words.get(3).split(",", -1)).stream().map(Double::valueOf).toList());
  }

  private static OptionalInt number(String word) {
    return word.equals("-") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(word));
  }
}
