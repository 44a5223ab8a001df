package io.tailwalk.coverage.stats;

import io.tailwalk.coverage.Interval;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The exact binomial interval: coverage at least {@code 1 - delta} for every p and n (Clopper and
 * Pearson 1934, Biometrika 26). Ends are Beta quantiles: low {@code Beta(k, n-k+1)} at {@code
 * delta/2}, high {@code Beta(k+1, n-k)} at {@code 1 - delta/2}.
 */
public final class ClopperPearson {
  private ClopperPearson() {}

  /**
   * Two-sided interval for a success probability.
   *
   * @param successes k, 0 to trials
   * @param trials n; 0 gives [0, 1], since nothing is known
   * @param delta error probability in (0, 1)
   */
  public static Interval interval(long successes, long trials, double delta) {
    if (successes < 0 || successes > trials) {
      throw new IllegalArgumentException(successes + " successes of " + trials + " trials");
    }
    Levels.requireDelta(delta);
    double k = successes;
    double n = trials;
    double low =
        successes == 0
            ? 0.0
            : BetaDistribution.of(k, n - k + 1).inverseCumulativeProbability(delta / 2);
    double high =
        successes == trials
            ? 1.0
            : BetaDistribution.of(k + 1, n - k).inverseSurvivalProbability(delta / 2);
    return new Interval(low, high);
  }
}
