package io.tailwalk.statistics;

import io.tailwalk.core.interval.Interval;

/**
 * The interval for the mean of independent, identically distributed values in a known range, by the
 * capitals of {@link BettingCapital}, checked once, after the last value, so that the order of
 * values has no effect. Guaranteed for every number of values and every such distribution
 * (Waudby-Smith and Ramdas 2024, JRSS B 86, arXiv 2010.09686). It is 1.1 to 1.6 times as wide as
 * {@link Gaffke}'s, which has no proof.
 */
public final class BettingInterval {
  private BettingInterval() {}

  /**
   * The interval; without values the range itself.
   *
   * @param values in any order
   * @param least the smallest possible value, known before the values
   * @param most the largest possible value
   * @param delta error probability of both ends together, in (0, 1)
   * @throws IllegalArgumentException if a value lies outside the range
   */
  public static Interval interval(double[] values, double least, double most, double delta) {
    requireRange(values, least, most, delta);
    BettingCapital capital = new BettingCapital(delta);
    for (double value : values) {
      capital.take(least, value, most);
    }
    return capital.interval().within(least, most);
  }

  static void requireRange(double[] values, double least, double most, double delta) {
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta must lie strictly between 0 and 1, got " + delta);
    }
    if (!(least < most) || Double.isInfinite(most - least)) {
      throw new IllegalArgumentException(
          "values lie in a range of finite width above 0, not in [" + least + ", " + most + "]");
    }
    for (double value : values) {
      if (!(least <= value && value <= most)) {
        throw new IllegalArgumentException(
            "value " + value + " lies outside its range [" + least + ", " + most + "]");
      }
    }
  }
}
