package io.tailwalk.sampling.estimate;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** Confidence intervals. */
public final class Intervals {
  /** Nominal coverage used throughout. */
  public static final double LEVEL = 0.95;

  private Intervals() {}

  /**
   * Clopper and Pearson's exact interval of a binomial proportion (Biometrika 1934).
   *
   * @param successes between 0 and trials
   * @param trials at least 1
   */
  public static Estimate binomial(long successes, long trials, String method) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "a proportion needs 0 <= successes <= trials and trials >= 1, got "
              + successes
              + " of "
              + trials);
    }
    double tail = (1 - LEVEL) / 2;
    double low =
        successes == 0
            ? 0
            : BetaDistribution.of((double) successes, trials - successes + 1.0)
                .inverseCumulativeProbability(tail);
    double high =
        successes == trials
            ? 1
            : BetaDistribution.of(successes + 1.0, (double) (trials - successes))
                .inverseSurvivalProbability(tail);
    return new Estimate((double) successes / trials, low, high, LEVEL, true, method);
  }

  /**
   * Mean of non-negative i.i.d. values, with Student's interval on the log of the mean (delta
   * method): it stays above zero and leans to the right as the mean of skewed values does.
   *
   * @param values any scale
   * @return with fewer than two values, or none above zero, an interval that says nothing: {@code
   *     [0, +inf)}
   */
  public static Estimate positiveMean(double[] values, boolean unbiased, String method) {
    int n = values.length;
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = n == 0 ? 0 : sum / n;
    if (n < 2 || mean == 0) {
      return new Estimate(mean, 0, Double.POSITIVE_INFINITY, LEVEL, unbiased, method);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double standardError = Math.sqrt(squares / (n - 1.0) / n);
    double t = TDistribution.of(n - 1.0).inverseSurvivalProbability((1 - LEVEL) / 2);
    double spread = t * standardError / mean;
    return new Estimate(
        mean, mean * Math.exp(-spread), mean * Math.exp(spread), LEVEL, unbiased, method);
  }
}
