package io.tailwalk.console.flags;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.runs.models.ChatTemplateSource;
import io.tailwalk.runs.models.Lora;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.models.Models;
import io.tailwalk.runs.work.InputException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags for the settings of models. */
public final class ModelFlags {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Number of threads for a GGUF model, or of prompts processed at the same time for a"
              + " builtin model; a checkpoint has one; the result does not depend on it. Default:"
              + " number of cores minus one.")
  private @Nullable Integer threads;

  @Option(
      names = "--lib",
      paramLabel = "NAME|PATH",
      description =
          "llama.cpp library for GGUF models: cpu, cuda, vulkan or metal for one that 'tailwalk engine"
              + " install' has fetched, or the path of a libllama (file or folder). Default:"
              + " embedded.")
  private @Nullable Path library;

  @Option(
      names = "--context",
      paramLabel = "TOKENS",
      description =
          "Capacity of a GGUF model's cache over all branches, in tokens. Default: computed from"
              + " the prompt and --max-tokens.")
  private @Nullable Integer contextTokens;

  @Mixin private final EngineFlags engine = new EngineFlags();

  @Option(
      names = "--trust",
      description =
          "Open GGUF files at once. Default: a file not seen before is first opened in a separate"
              + " process, so that one that crashes llama.cpp is refused in a sentence.")
  private boolean trust;

  @Option(
      names = "--test-time-training",
      paramLabel = "RATE",
      description =
          "For checkpoint:PATH: after each token of a completion, one gradient step of this rate,"
              + " finite and above 0, makes that token more probable; the trained parameters are"
              + " restored for each completion. Use the rate of the training's token steps."
              + " Default: none.")
  private @Nullable Double testTimeRate;

  @Option(
      names = "--chat-template",
      paramLabel = "FILE",
      description =
          "Chat template (Jinja) of a GGUF model instead of the one in its file; or llama.cpp:NAME"
              + " for a format that llama.cpp has built in, for example llama.cpp:chatml.")
  private @Nullable String chatTemplate;

  @Option(
      names = "--chat-date",
      paramLabel = "YYYY-MM-DD",
      description =
          "Date that the chat template prints as today's. Default: the template's own; a template"
              + " without one is refused.")
  private @Nullable LocalDate chatDate;

  @Option(
      names = "--lora",
      paramLabel = "FILE[=SCALE]",
      description =
          "Low-rank adapter (LoRA) of a GGUF model, in GGUF; may be repeated. SCALE multiplies its"
              + " change. Default: 1. A model's name accepts its own: gguf:PATH,lora=FILE[=SCALE].")
  private List<String> adapters = List.of();

  /** Number of threads, at least 1. */
  public int threads() {
    return threads == null ? ModelSettings.DEFAULT.threads() : threads;
  }

  /** Refuses numbers out of range before any work is done. */
  public void check() {
    Require.threads(threads());
    if (contextTokens != null) {
      Require.atLeast("--context", contextTokens, 1);
    }
    engine.check();
    if (testTimeRate != null && !(testTimeRate > 0 && Double.isFinite(testTimeRate))) {
      throw new InputException(
          "--test-time-training must be finite and above 0, got " + testTimeRate);
    }
  }

  /**
   * Opens a model for a command that has no model flag except the number of threads and {@code
   * --trust}; the caller closes it.
   *
   * @param flag the flag that names the model, for error messages
   * @param trust whether a GGUF file is opened at once; without effect on other models
   * @throws InputException if the name has an unknown form
   * @throws io.tailwalk.core.model.ModelException if the model cannot be opened
   */
  public static LanguageModel open(String flag, String model, int threads, boolean trust) {
    ModelSettings settings =
        ModelSettings.DEFAULT
            .withThreads(threads)
            .withTrust(trust && Models.file(model).isPresent() && !Models.isCheckpoint(model));
    try {
      Models.check(model, settings);
    } catch (InputException e) {
      throw new InputException(flag + ": " + e.sentence(), e);
    }
    return Models.open(model, settings);
  }

  /** The settings of the models. */
  public ModelSettings settings() {
    check();
    return new ModelSettings(
        threads(),
        Optional.ofNullable(library),
        contextTokens == null ? OptionalInt.empty() : OptionalInt.of(contextTokens),
        testTimeRate == null ? OptionalDouble.empty() : OptionalDouble.of(testTimeRate),
        trust,
        Optional.ofNullable(chatTemplate).map(ChatTemplateSource::of),
        Optional.ofNullable(chatDate),
        adapters.stream().map(Lora::parse).toList(),
        engine.settings());
  }
}
