package io.tailwalk.console.flags;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.models.Models;
import io.tailwalk.runs.work.InputException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say how models are run. */
public final class ModelFlags {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of a GGUF model's arithmetic, or prompts at the same time for a builtin model;"
              + " never changes the result. Default: cores less one.")
  private @Nullable Integer threads;

  @Option(
      names = "--lib",
      paramLabel = "PATH",
      description = "Your own libllama (file or folder) in place of the embedded one.")
  private @Nullable Path library;

  @Option(
      names = "--context",
      paramLabel = "TOKENS",
      description =
          "Room of a GGUF model's cache over all branches. Default: by prompt and --max-tokens.")
  private @Nullable Integer contextTokens;

  /** Threads wanted, at least 1. */
  public int threads() {
    return threads == null ? ModelSettings.DEFAULT.threads() : threads;
  }

  /** Refuses numbers out of range, before any work is done. */
  public void check() {
    Require.threads(threads());
    if (contextTokens != null) {
      Require.atLeast("--context", contextTokens, 1);
    }
  }

  /**
   * Opens a model where no flag but the number of threads is offered; the caller closes it.
   *
   * @param flag that names the model, for refusals
   * @throws InputException if the name is of no known form
   * @throws io.tailwalk.core.model.ModelException if the model cannot be opened
   */
  public static LanguageModel open(String flag, String model, int threads) {
    ModelSettings settings = ModelSettings.DEFAULT.withThreads(threads);
    try {
      Models.check(model, settings);
    } catch (InputException e) {
      throw new InputException(flag + ": " + e.sentence(), e);
    }
    return Models.open(model, settings);
  }

  /** How models are run. */
  public ModelSettings settings() {
    check();
    return new ModelSettings(
        threads(),
        Optional.ofNullable(library),
        contextTokens == null ? OptionalInt.empty() : OptionalInt.of(contextTokens));
  }
}
