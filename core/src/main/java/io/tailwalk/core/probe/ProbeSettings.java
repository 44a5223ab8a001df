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
 * @param batches numbers of parallel walks whose speed is measured, each 1 .. {@link #MOST_WALKS}
 */
public record ProbeSettings(
    LongSupplier nanoClock,
    List<String> prompts,
    int tokens,
    Optional<DoubleFunction<LanguageModel>> atRequestTemperature,
    List<Integer> batches) {
  /** Largest number of parallel walks. */
  public static final int MOST_WALKS = 1024;

  /** Numbers of parallel walks whose speed is measured by default. */
  public static final List<Integer> BATCHES = List.of(1, 8, 16);

  private static final List<String> PROMPTS =
      List.of(
          "Once upon a time",
          "def main():\n    ",
          "The three largest cities of Europe by population are");
  private static final int TOKENS = 12;

  /** Refuses an empty probe. */
  public ProbeSettings {
    prompts = List.copyOf(prompts);
    batches = List.copyOf(batches);
    if (batches.stream().anyMatch(batch -> batch < 1 || batch > MOST_WALKS)) {
      throw new IllegalArgumentException(
          "batches must be between 1 and " + MOST_WALKS + ", got " + batches);
    }
    if (prompts.isEmpty() || tokens < 2) {
      throw new IllegalArgumentException(
          "a probe needs a prompt and paths of at least 2 tokens, got "
              + prompts.size()
              + " prompts and "
              + tokens
              + " tokens");
    }
  }

  /** The settings with the default batches. */
  public ProbeSettings(
      LongSupplier nanoClock,
      List<String> prompts,
      int tokens,
      Optional<DoubleFunction<LanguageModel>> atRequestTemperature) {
    this(nanoClock, prompts, tokens, atRequestTemperature, BATCHES);
  }

  /** These settings with other batches. */
  public ProbeSettings withBatches(List<Integer> other) {
    return new ProbeSettings(nanoClock, prompts, tokens, atRequestTemperature, other);
  }

  /** Three short prompts, paths of 12 tokens, no request temperature. */
  public static ProbeSettings of(LongSupplier nanoClock) {
    return new ProbeSettings(nanoClock, PROMPTS, TOKENS, Optional.empty());
  }
}
