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
   * Mean of non-negative i.i.d. values, which may be skewed: the union of two intervals. One is
   * Student's on the log of the mean (delta method), which stays above zero. The other, where it
   * stays above zero too, corrects for skewness (P. Hall, "On the removal of skewness by
   * transformation", JRSS B 54, 1992): with estimated skewness g and Student's quantiles q,
   *
   * <p>{@code mean - s ((1 + g (q/sqrt(n) - g/(6n)))^(1/3) - 1) / (g/3)}.
   *
   * <p>Where the largest values are too rare to have been seen, no interval made from the values
   * alone can cover: with an effective size {@code (sum w)^2 / sum w^2} below about 40 it falls
   * short of its level.
   *
   * <p>When all values are equal, they have probability {@code p} with {@code p^n} at least half of
   * what the level leaves, so the mean is at least {@code p} times the value; the upper end mirrors
   * the lower one, since nothing was seen of larger values.
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
    if (squares == 0) {
      double common = Math.pow((1 - LEVEL) / 2, 1.0 / n);
      return new Estimate(mean, mean * common, mean / common, LEVEL, unbiased, method);
    }
    double deviation = Math.sqrt(squares / (n - 1.0));
    double quantile = TDistribution.of(n - 1.0).inverseSurvivalProbability((1 - LEVEL) / 2);
    double step = quantile / Math.sqrt(n);
    double skewness = skewness(values, mean, deviation);
    double spread = step * deviation / mean;
    double low = mean - deviation * untransformed(step, skewness, n);
    double high = mean - deviation * untransformed(-step, skewness, n);
    return new Estimate(
        mean,
        low > 0 ? Math.min(low, mean * Math.exp(-spread)) : mean * Math.exp(-spread),
        Math.max(high, mean * Math.exp(spread)),
        LEVEL,
        unbiased,
        method);
  }

  private static double skewness(double[] values, double mean, double deviation) {
    double cubes = 0;
    for (double value : values) {
      double scaled = (value - mean) / deviation;
      cubes += scaled * scaled * scaled;
    }
    return cubes / values.length;
  }

  /** The inverse of Hall's monotone cubic transformation. */
  private static double untransformed(double step, double skewness, int n) {
    double third = skewness / 3;
    double shifted = step - skewness / (6.0 * n);
    return Math.abs(third) < 1e-9 ? shifted : (Math.cbrt(1 + 3 * third * shifted) - 1) / third;
  }
}
