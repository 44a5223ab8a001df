package io.tailwalk.statistics;

import io.tailwalk.core.interval.Interval;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The exact binomial interval: coverage at least {@code 1 - delta} for every p and n (Clopper and
 * Pearson 1934, Biometrika 26). Ends are Beta quantiles: low {@code Beta(k, n-k+1)} at {@code
 * delta/2}, high {@code Beta(k+1, n-k)} at {@code 1 - delta/2}. It holds if the number of trials
 * does not depend on their outcomes.
 */
public final class ClopperPearson {
  private ClopperPearson() {}

  /**
   * Two-sided interval for a success probability.
   *
   * @param successes k, 0 to trials
   * @param trials n; 0 returns [0, 1]
   * @param delta error probability in (0, 1)
   */
  public static Interval interval(long successes, long trials, double delta) {
    if (trials < 0 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "a proportion needs 0 <= successes <= trials, got " + successes + " of " + trials);
    }
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta must lie strictly between 0 and 1, got " + delta);
    }
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
    return Interval.guaranteed(low, high).within(0, 1);
  }
}
