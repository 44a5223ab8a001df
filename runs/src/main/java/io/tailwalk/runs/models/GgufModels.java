package io.tailwalk.runs.models;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.CacheType;
import io.tailwalk.llama.ChatSettings;
import io.tailwalk.llama.GpuOptions;
import io.tailwalk.llama.LlamaModel;
import io.tailwalk.llama.LlamaOptions;
import io.tailwalk.llama.LoraAdapter;
import io.tailwalk.llama.SplitMode;
import io.tailwalk.llama.engine.EngineKind;
import io.tailwalk.llama.engine.Engines;
import io.tailwalk.llama.gguf.GgufCheck;
import io.tailwalk.llama.gguf.GgufFile;
import io.tailwalk.runs.work.InputException;
import java.nio.file.Path;
import java.util.Optional;

/** GGUF models; a separate class, so that other models need no llama.cpp on the class path. */
final class GgufModels {
  private GgufModels() {}

  static LlamaModel open(Path file, ModelSettings settings) {
    return LlamaModel.open(file, options(settings));
  }

  /**
   * Refuses settings of llama.cpp that contradict each other.
   *
   * @throws InputException about the setting
   */
  static void check(ModelSettings settings) {
    var _ = computed(LlamaOptions.DEFAULTS, settings.engine());
  }

  private static LlamaOptions options(ModelSettings settings) {
    LlamaOptions options =
        computed(LlamaOptions.DEFAULTS, settings.engine())
            .withThreads(settings.threads())
            .withTrust(settings.trust());
    if (settings.contextTokens().isPresent()) {
      options = options.withContextTokens(settings.contextTokens().getAsInt());
    }
    options = options.withChat(new ChatSettings(settings.chatTemplate(), settings.chatDate()));
    options =
        options.withAdapters(
            settings.adapters().stream()
                .map(lora -> new LoraAdapter(lora.file(), lora.scale()))
                .toList());
    return settings
        .library()
        .flatMap(GgufModels::library)
        .map(options::withLibrary)
        .orElse(options);
  }

  /**
   * The library of a file or folder, or of the name of an installed one; empty for the embedded.
   */
  private static Optional<Path> library(Path named) {
    String word = named.toString();
    if (word.equals(EngineList.EMBEDDED)) {
      return Optional.empty();
    }
    return Optional.of(
        EngineKind.of(word).map(kind -> Engines.ofUser().library(kind)).orElse(named));
  }

  private static LlamaOptions computed(LlamaOptions options, EngineSettings engine) {
    CacheType cache =
        engine
            .cacheType()
            .map(word ->
                CacheType.of(word)
                    .orElseThrow(() ->
                        InputException.about(
                            "cache-type",
                            "unknown type '%s'; the valid names are %s"
                                .formatted(word, CacheType.words()))))
            .orElse(options.cacheType());
    if (cache.needsFlashAttention() && !engine.flashAttention()) {
      throw InputException.about(
          "cache-type", cache.word() + " requires flash attention; add --flash-attn on");
    }
    return options
        .withBatchTokens(engine.batch().orElse(EngineSettings.DEFAULT_BATCH))
        .withMicroBatchTokens(engine.microBatch().orElse(0))
        .withFlashAttention(engine.flashAttention())
        .withCacheType(cache)
        .withGpu(gpu(engine));
  }

  private static GpuOptions gpu(EngineSettings engine) {
    Optional<SplitMode> mode =
        engine
            .splitMode()
            .map(word ->
                SplitMode.of(word)
                    .orElseThrow(() ->
                        InputException.about(
                            "split-mode",
                            "unknown mode '%s'; the valid names are %s"
                                .formatted(word, SplitMode.words()))));
    try {
      return new GpuOptions(engine.gpuLayers(), engine.mainGpu(), mode, engine.tensorSplit());
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Describes a file and whether it can be opened. */
  static ModelList.Entry entry(Path path) {
    long bytes = path.toFile().length();
    try {
      GgufFile file = GgufFile.read(path);
      GgufCheck.requireUsable(file);
      return new ModelList.Entry("gguf:" + path, true, bytes, file.description());
    } catch (ModelException e) {
      return new ModelList.Entry("gguf:" + path, false, bytes, "not usable: " + e.getMessage());
    }
  }
}
