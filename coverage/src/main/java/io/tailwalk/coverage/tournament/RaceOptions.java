package io.tailwalk.coverage.tournament;

import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.stats.Levels;

/**
 * Options of a race.
 *
 * @param n the factor N, at least 1
 * @param delta probability that the race ends with a wrong choice, in (0, 1)
 * @param epsilon stop when the leader's worst case is shown within this of the best; 0 for never
 * @param checkEvery rows between checks of the evidence, at least 1; changes speed, not validity
 */
public record RaceOptions(double n, double delta, double epsilon, int checkEvery) {
  /** Checks the ranges. */
  public RaceOptions {
    Levels.requireDelta(delta);
    if (!(n >= 1 && Double.isFinite(n))) {
      throw new CoverageException("N = " + n + " is not a finite factor >= 1");
    }
    if (!(epsilon >= 0 && epsilon < 1)) {
      throw new CoverageException("epsilon = " + epsilon + "; it must lie in [0, 1)");
    }
    if (checkEvery < 1) {
      throw new CoverageException("checkEvery = " + checkEvery + "; it must be at least 1");
    }
  }

  /** Share of delta for ruling out the true choice: all, or half of it with a tie stop. */
  double candidateDelta() {
    return epsilon > 0 ? delta / 2 : delta;
  }

  /** Share of delta for the tie stop: the other half. */
  double tieDelta() {
    return delta / 2;
  }
}
