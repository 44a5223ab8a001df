package io.tailwalk.core.probe;

import io.tailwalk.core.model.LanguageModel;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.LongSupplier;

/**
 * Settings of a probe.
 *
 * @param nanoClock a clock in nanoseconds, for the speeds
 * @param prompts texts to continue; at least one
 * @param tokens length of the paths, in tokens; at least 2
 * @param atRequestTemperature the same model with a request temperature, for servers that may apply
 *     it to the log-probabilities they report; empty if there is no such setting
 */
public record ProbeSettings(
    LongSupplier nanoClock,
    List<String> prompts,
    int tokens,
    Optional<DoubleFunction<LanguageModel>> atRequestTemperature) {
  private static final List<String> PROMPTS =
      List.of(
          "Once upon a time",
          "def main():\n    ",
          "The three largest cities of Europe by population are");
  private static final int TOKENS = 12;

  /** Refuses an empty probe. */
  public ProbeSettings {
    prompts = List.copyOf(prompts);
    if (prompts.isEmpty() || tokens < 2) {
      throw new IllegalArgumentException(
          "a probe needs a prompt and paths of at least 2 tokens, got "
              + prompts.size()
              + " prompts and "
              + tokens
              + " tokens");
    }
  }

  /** Three short prompts, paths of 12 tokens, no request temperature. */
  public static ProbeSettings of(LongSupplier nanoClock) {
    return new ProbeSettings(nanoClock, PROMPTS, TOKENS, Optional.empty());
  }
}
