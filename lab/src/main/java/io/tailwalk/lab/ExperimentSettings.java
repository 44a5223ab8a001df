package io.tailwalk.lab;

/**
 * What every experiment can be told.
 *
 * @param scale how much is run
 * @param seed of all randomness
 * @param threads at the same time, at least 1; never changes a number
 */
public record ExperimentSettings(Scale scale, long seed, int threads) {
  /** Refuses numbers out of range. */
  public ExperimentSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
  }
}
