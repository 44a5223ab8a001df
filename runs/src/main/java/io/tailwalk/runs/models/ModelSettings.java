package io.tailwalk.runs.models;

import io.tailwalk.runs.work.InputException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Settings for opening and running models.
 *
 * @param threads compute threads of a GGUF model, or prompts at a time for an embedded model; at
 *     least 1; never changes a result
 * @param library libllama to use instead of the bundled one: a file, a folder, or the name of an
 *     installed one (cpu, cuda, vulkan, metal); {@code embedded} is the bundled one
 * @param contextTokens size of a GGUF model's cache over all branches, in tokens; empty to choose
 *     it by prompt and length limit
 * @param testTimeRate rate of test-time training, finite and above 0, for checkpoints only; empty
 *     for none
 * @param trust whether a GGUF file is opened at once, instead of first in a process of its own,
 *     where a file that ends the process does no harm
 * @param chatTemplate chat template (Jinja) of a GGUF model instead of the one in its file, or
 *     {@code llama.cpp:NAME} for one of llama.cpp's own formats
 * @param chatDate the date that a GGUF model's chat template prints; empty for none: a template
 *     that has no date of its own then refuses chats
 * @param adapters low-rank adapters of a GGUF model, applied together
 * @param engine how llama.cpp computes a GGUF model
 */
public record ModelSettings(
    int threads,
    Optional<Path> library,
    OptionalInt contextTokens,
    OptionalDouble testTimeRate,
    boolean trust,
    Optional<String> chatTemplate,
    Optional<LocalDate> chatDate,
    List<Lora> adapters,
    EngineSettings engine) {
  /** Default settings: number of cores minus one as threads, the bundled library. */
  public static final ModelSettings DEFAULT =
      new ModelSettings(
          Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalDouble.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          EngineSettings.DEFAULT);

  /** Checks the ranges and keeps an immutable copy. */
  public ModelSettings {
    adapters = List.copyOf(adapters);
    if (threads < 1 || contextTokens.orElse(1) < 1) {
      throw new InputException(
          "threads and context tokens must be at least 1, got "
              + threads
              + " and "
              + contextTokens);
    }
    double rate = testTimeRate.orElse(1);
    if (!(rate > 0 && Double.isFinite(rate))) {
      throw InputException.about(
          "test-time-training", "the rate must be finite and above 0, got " + rate);
    }
  }

  /** The settings of a model that formats chats by its own template. */
  public ModelSettings(
      int threads, Optional<Path> library, OptionalInt contextTokens, OptionalDouble testTimeRate) {
    this(
        threads,
        library,
        contextTokens,
        testTimeRate,
        false,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        EngineSettings.DEFAULT);
  }

  /** The settings of a model without adapters. */
  public ModelSettings(
      int threads,
      Optional<Path> library,
      OptionalInt contextTokens,
      OptionalDouble testTimeRate,
      boolean trust,
      Optional<String> chatTemplate,
      Optional<LocalDate> chatDate) {
    this(
        threads,
        library,
        contextTokens,
        testTimeRate,
        trust,
        chatTemplate,
        chatDate,
        List.of(),
        EngineSettings.DEFAULT);
  }

  /**
   * The settings of a model without test-time training, with files tried before they are opened.
   */
  public ModelSettings(int threads, Optional<Path> library, OptionalInt contextTokens) {
    this(threads, library, contextTokens, OptionalDouble.empty());
  }

  /** Returns these settings with another number of threads. */
  public ModelSettings withThreads(int other) {
    return with(draft -> draft.threads = other);
  }

  /**
   * Returns these settings with files opened at once, or tried in a process of their own before.
   */
  public ModelSettings withTrust(boolean other) {
    return with(draft -> draft.trust = other);
  }

  /**
   * Returns these settings with another chat template.
   *
   * @param template the template (Jinja), or {@code llama.cpp:NAME}
   */
  public ModelSettings withChatTemplate(String template) {
    return with(draft -> draft.chatTemplate = Optional.of(template));
  }

  /** Returns these settings with the date that chat templates print. */
  public ModelSettings withChatDate(LocalDate date) {
    return with(draft -> draft.chatDate = Optional.of(date));
  }

  /** Returns these settings with another way in which llama.cpp computes. */
  public ModelSettings withEngine(EngineSettings other) {
    return with(draft -> draft.engine = other);
  }

  /**
   * Returns these settings with a llama.cpp library.
   *
   * @param other a file, a folder, or the name of an installed one
   */
  public ModelSettings withLibrary(Path other) {
    return with(draft -> draft.library = Optional.of(other));
  }

  /** Returns these settings with other low-rank adapters. */
  public ModelSettings withAdapters(List<Lora> other) {
    return with(draft -> draft.adapters = other);
  }

  /**
   * Returns these settings for models that only judge: untrained, without adapters, with their own
   * template.
   */
  public ModelSettings ofJudge() {
    return with(draft -> {
      draft.testTimeRate = OptionalDouble.empty();
      draft.chatTemplate = Optional.empty();
      draft.adapters = List.of();
    });
  }

  private ModelSettings with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.made();
  }

  /** The components while one of them changes. */
  private static final class Draft {
    private int threads;
    private Optional<Path> library;
    private OptionalInt contextTokens;
    private OptionalDouble testTimeRate;
    private boolean trust;
    private Optional<String> chatTemplate;
    private Optional<LocalDate> chatDate;
    private List<Lora> adapters;
    private EngineSettings engine;

    Draft(ModelSettings before) {
      threads = before.threads;
      library = before.library;
      contextTokens = before.contextTokens;
      testTimeRate = before.testTimeRate;
      trust = before.trust;
      chatTemplate = before.chatTemplate;
      chatDate = before.chatDate;
      adapters = before.adapters;
      engine = before.engine;
    }

    ModelSettings made() {
      return new ModelSettings(
          threads,
          library,
          contextTokens,
          testTimeRate,
          trust,
          chatTemplate,
          chatDate,
          adapters,
          engine);
    }
  }
}
