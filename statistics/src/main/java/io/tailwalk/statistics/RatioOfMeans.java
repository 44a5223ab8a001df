package io.tailwalk.statistics;

import io.tailwalk.core.interval.Interval;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The ratio of the means of paired non-negative numbers, with Fieller's interval (Fieller 1954,
 * Journal of the Royal Statistical Society B 16): all ratios r for which the mean of {@code a - r
 * b} is within {@code t} of its standard errors of 0, t the quantile of Student's distribution.
 * Asymptotic: exact for normal pairs only. The upper end is open unless the mean of b differs from
 * 0 by that many standard errors.
 *
 * @param value mean of a over mean of b; infinite if only b is 0, NaN if both are
 * @param interval the interval, not below 0
 * @param pairs number of pairs
 */
public record RatioOfMeans(double value, Interval interval, int pairs) {

  /**
   * The ratio of the means of {@code a} and {@code b}.
   *
   * @param a numerators, finite and at least 0
   * @param b denominators of the same pairs, finite and at least 0
   * @param delta error probability in (0, 1)
   * @throws IllegalArgumentException if there are fewer than 2 pairs, or delta is out of range
   */
  public static RatioOfMeans of(double[] a, double[] b, double delta) {
    if (a.length != b.length || a.length < 2) {
      throw new IllegalArgumentException(
          "a ratio of means needs at least 2 pairs, got " + a.length + " and " + b.length);
    }
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta must lie strictly between 0 and 1, got " + delta);
    }
    double meanA = mean(a);
    double meanB = mean(b);
    double t = TDistribution.of(a.length - 1.0).inverseSurvivalProbability(delta / 2);
    double square = meanB * meanB - t * t * covariance(b, b);
    double linear = meanA * meanB - t * t * covariance(a, b);
    double constant = meanA * meanA - t * t * covariance(a, a);
    double root = Math.sqrt(Math.max(0, linear * linear - square * constant));
    double value = meanA == 0 && meanB == 0 ? Double.NaN : meanA / meanB;
    Interval ends = interval(square, linear, constant, root).meet(Interval.NON_NEGATIVE);
    return new RatioOfMeans(value, ends, a.length);
  }

  /** The part from 0 on of where {@code square r^2 - 2 linear r + constant <= 0}. */
  private static Interval interval(double square, double linear, double constant, double root) {
    if (square > 0) {
      double high = (linear + root) / square;
      double low = constant <= 0 ? 0 : constant / (linear + root);
      return Interval.asymptotic(Math.min(low, high), high);
    }
    // One root is below 0 and the other above it; otherwise nothing excludes 0.
    double low = constant <= 0 ? 0 : constant / (linear + root);
    return Interval.asymptotic(low, Double.POSITIVE_INFINITY);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      if (!(value >= 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException(
            "a ratio of means needs finite numbers of at least 0, got " + value);
      }
      sum += value;
    }
    return sum / values.length;
  }

  /** The covariance of the two means. */
  private static double covariance(double[] a, double[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - meanA) * (b[i] - meanB);
    }
    return sum / (a.length - 1.0) / a.length;
  }
}
