package io.tailwalk.report;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A number with the interval it lies in.
 *
 * @param low lower end; may be -inf
 * @param value the estimate; all three are NaN when nothing is known
 * @param high upper end; may be +inf
 * @param lowKind how the lower end is known; null where the table says it for all
 * @param highKind how the upper end is known; null where the table says it for all
 */
public record Estimate(
    double low, double value, double high, @Nullable EndKind lowKind, @Nullable EndKind highKind) {
  /** What the letters behind ends mean, for the foot of a table. */
  public static final String LEGEND =
      "Ends of intervals: c certain, g guaranteed at the stated level, a asymptotic, o open.";

  /** A number of which nothing is known. */
  public static final Estimate UNKNOWN = exactly(Double.NaN);

  /** Refuses ends on the wrong side, and ends that are known of a value that is not. */
  public Estimate {
    boolean known = low <= value && value <= high;
    boolean unknown = Double.isNaN(low) && Double.isNaN(value) && Double.isNaN(high);
    if (!known && !unknown) {
      throw new IllegalArgumentException(
          "estimate " + value + " is outside its interval [" + low + ", " + high + "]");
    }
  }

  /** Ends whose kinds the table states for all. */
  public Estimate(double low, double value, double high) {
    this(low, value, high, null, null);
  }

  /** A number known exactly, or NaN for one not known at all. */
  public static Estimate exactly(double value) {
    return new Estimate(value, value, value);
  }

  /** A value and its interval, with the kinds of the ends. */
  public static Estimate of(double value, Interval interval) {
    return new Estimate(
        interval.low(), value, interval.high(), interval.lowKind(), interval.highKind());
  }

  /** An estimate with the kinds of its ends; the bare number where it is known. */
  public static Estimate of(io.tailwalk.core.interval.Estimate estimate) {
    return estimate.isExact()
        ? exactly(estimate.value())
        : of(estimate.value(), estimate.interval());
  }

  /** Whether there is no interval to show. */
  public boolean isExact() {
    return !(low < high);
  }
}
