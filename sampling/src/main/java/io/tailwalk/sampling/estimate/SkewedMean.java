package io.tailwalk.sampling.estimate;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.statistics.Scaled;
import io.tailwalk.statistics.SkewedInterval;

/**
 * Asymptotic interval of the mean of non-negative i.i.d. values, which may be skewed: {@link
 * SkewedInterval} on any scale, and for values that are all equal.
 *
 * <p>If the largest values are too rare to have been seen, no interval from the values alone can
 * cover; {@link Evidence} states when this interval is used.
 */
final class SkewedMean {
  /** Values that differ by less than this, relative to the largest, count as equal. */
  private static final double EQUAL = 1e-12;

  private SkewedMean() {}

  /**
   * The interval.
   *
   * <p>If all values are equal, they have probability {@code p} with {@code p^n} at least half of
   * the error probability, so the mean is at least {@code p} times the value; the upper end mirrors
   * the lower one, because no larger value was seen.
   *
   * @param values any scale, not negative
   * @param level nominal coverage
   * @return with fewer than two values, or none above zero, the uninformative interval {@code [0,
   *     +inf)}
   */
  static Interval interval(double[] values, double level) {
    Scaled scaled = Scaled.of(values);
    Interval inUnits = ofModerate(scaled.values(), level);
    double high = scaled.back(inUnits.high());
    return new Interval(
        scaled.back(inUnits.low()),
        inUnits.lowKind(),
        high,
        Double.isInfinite(high) ? EndKind.OPEN : inUnits.highKind());
  }

  /** For values whose squares and cubes are neither too large nor too small for doubles. */
  private static Interval ofModerate(double[] values, double level) {
    int n = values.length;
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (double value : values) {
      sum += value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    double mean = n == 0 ? 0 : sum / n;
    if (n < 2 || mean == 0) {
      return Interval.NON_NEGATIVE;
    }
    if (most - least <= EQUAL * most) {
      double common = Math.pow((1 - level) / 2, 1.0 / n);
      return Interval.asymptotic(mean * common, mean / common);
    }
    return SkewedInterval.of(values, mean, level);
  }
}
