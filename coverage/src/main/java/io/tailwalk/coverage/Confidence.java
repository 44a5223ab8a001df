package io.tailwalk.coverage;

import io.tailwalk.coverage.stats.Levels;

/**
 * Confidence settings of intervals.
 *
 * @param delta error probability of each interval, band or set, in (0, 1)
 * @param replicates bootstrap replicates if the bootstrap is used, at least 100
 * @param seed of the resampling; the same seed gives the same bytes
 */
public record Confidence(double delta, int replicates, long seed) {
  /** Checks the ranges. */
  public Confidence {
    Levels.requireDelta(delta);
    if (replicates < 100) {
      throw new CoverageException(replicates + " bootstrap replicates; at least 100 are needed");
    }
  }

  /** 95 percent, 1000 replicates, seed 0. */
  public static Confidence standard() {
    return new Confidence(0.05, 1000, 0L);
  }
}
