package io.tailwalk.report;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A number with its interval.
 *
 * @param low lower end; may be -inf
 * @param value the estimate; value and ends are NaN if the number is unknown
 * @param high upper end; may be +inf
 * @param lowKind how the lower end is known; null if the table states it for all rows
 * @param highKind how the upper end is known; null if the table states it for all rows
 */
public record Estimate(
    double low, double value, double high, @Nullable EndKind lowKind, @Nullable EndKind highKind) {
  /** The meaning of the letters after interval ends, for the foot of a table. */
  public static final String LEGEND =
      "Ends of intervals: c certain, g guaranteed at the stated level, a asymptotic, o open.";

  /** An unknown number. */
  public static final Estimate UNKNOWN = exactly(Double.NaN);

  /** Refuses ends on the wrong side of the value, and known ends of an unknown value. */
  public Estimate {
    boolean known = low <= value && value <= high;
    boolean unknown = Double.isNaN(low) && Double.isNaN(value) && Double.isNaN(high);
    if (!known && !unknown) {
      throw new IllegalArgumentException(
          "estimate " + value + " is outside its interval [" + low + ", " + high + "]");
    }
  }

  /** Creates an estimate whose kinds of ends are stated by the table for all rows. */
  public Estimate(double low, double value, double high) {
    this(low, value, high, null, null);
  }

  /** Returns an exactly known number, or an unknown number for NaN. */
  public static Estimate exactly(double value) {
    return new Estimate(value, value, value);
  }

  /** Returns a value with its interval and the kinds of the ends. */
  public static Estimate of(double value, Interval interval) {
    return new Estimate(
        interval.low(), value, interval.high(), interval.lowKind(), interval.highKind());
  }

  /** Returns an estimate with the kinds of its ends; the number alone if it is known exactly. */
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
