package io.tailwalk.runs.models;

import io.tailwalk.runs.work.InputException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How models are run.
 *
 * @param threads of a GGUF model's arithmetic, or prompts at the same time for an embedded model;
 *     at least 1; never changes a result
 * @param library libllama to take in place of the one that comes along
 * @param contextTokens room of a GGUF model's cache over all branches, in tokens; empty to decide
 *     by prompt and length limit
 */
public record ModelSettings(int threads, Optional<Path> library, OptionalInt contextTokens) {
  /** All cores but one, the library that comes along. */
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

  /** The same with another number of threads. */
  public ModelSettings withThreads(int other) {
    return new ModelSettings(other, library, contextTokens);
  }
}
