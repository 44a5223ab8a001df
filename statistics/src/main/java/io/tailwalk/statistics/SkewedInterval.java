package io.tailwalk.statistics;

import io.tailwalk.core.interval.Interval;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Asymptotic interval of a positive mean of values that differ: the union of two intervals. One is
 * Student's on the log of the mean (delta method), which is always above zero. The other corrects
 * for skewness and is used if it is above zero (P. Hall, "On the removal of skewness by
 * transformation", JRSS B 54, 1992): with estimated skewness g and Student's quantiles q,
 *
 * <p>{@code mean - s ((1 + g (q/sqrt(n) - g/(6n)))^(1/3) - 1) / (g/3)}.
 */
public final class SkewedInterval {
  private SkewedInterval() {}

  /**
   * The interval.
   *
   * @param values at least two, not all equal, whose squares and cubes are neither too large nor
   *     too small for doubles
   * @param mean their mean, above 0
   * @param level nominal coverage
   */
  public static Interval of(double[] values, double mean, double level) {
    int n = values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / (n - 1.0));
    double quantile = TDistribution.of(n - 1.0).inverseSurvivalProbability((1 - level) / 2);
    double step = quantile / Math.sqrt(n);
    double skewness = skewness(values, mean, deviation);
    double spread = step * deviation / mean;
    double low = mean - deviation * untransformed(step, skewness, n);
    double high = mean - deviation * untransformed(-step, skewness, n);
    return Interval.asymptotic(
        low > 0 ? Math.min(low, mean * Math.exp(-spread)) : mean * Math.exp(-spread),
        Math.max(high, mean * Math.exp(spread)));
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
