package io.tailwalk.runs.models;

import io.tailwalk.runs.work.InputException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Settings for opening and running models.
 *
 * @param threads compute threads of a GGUF model, or prompts at a time for an embedded model; at
 *     least 1; never changes a result
 * @param library libllama to use instead of the bundled one
 * @param contextTokens size of a GGUF model's cache over all branches, in tokens; empty to choose
 *     it by prompt and length limit
 */
public record ModelSettings(int threads, Optional<Path> library, OptionalInt contextTokens) {
  /** Default settings: number of cores minus one as threads, the bundled library. */
  public static final ModelSettings DEFAULT =
      new ModelSettings(
          Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
          Optional.empty(),
          OptionalInt.empty());

  /** Checks the ranges. */
  public ModelSettings {
    if (threads < 1 || contextTokens.orElse(1) < 1) {
      throw new InputException(
          "threads and context tokens must be at least 1, got "
              + threads
              + " and "
              + contextTokens);
    }
  }

  /** Returns these settings with another number of threads. */
  public ModelSettings withThreads(int other) {
    return new ModelSettings(other, library, contextTokens);
  }
}
