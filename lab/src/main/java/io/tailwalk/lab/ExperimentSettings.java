package io.tailwalk.lab;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * The settings that every experiment has; their JSON is scale and seed.
 *
 * @param scale size of the run
 * @param seed seed of all randomness
 * @param threads number of threads, at least 1; never changes a number
 */
@JsonIgnoreProperties("threads")
public record ExperimentSettings(Scale scale, long seed, int threads) {
  /** Refuses numbers out of range. */
  public ExperimentSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
  }
}
