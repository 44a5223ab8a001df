package io.tailwalk.core.interval;

import static io.tailwalk.core.interval.EndKind.ASYMPTOTIC;
import static io.tailwalk.core.interval.EndKind.CERTAIN;
import static io.tailwalk.core.interval.EndKind.GUARANTEED;
import static io.tailwalk.core.interval.EndKind.OPEN;

/**
 * A closed interval that states how each end is known.
 *
 * @param low lower end; {@code -inf} only if open
 * @param lowKind how the lower end is known
 * @param high upper end, at least {@code low}; {@code +inf} only if open
 * @param highKind how the upper end is known
 */
public record Interval(double low, EndKind lowKind, double high, EndKind highKind) {
  /** All numbers from 0: the interval of an unknown non-negative number. */
  public static final Interval NON_NEGATIVE =
      new Interval(0, CERTAIN, Double.POSITIVE_INFINITY, OPEN);

  /** All numbers. */
  public static final Interval LINE =
      new Interval(Double.NEGATIVE_INFINITY, OPEN, Double.POSITIVE_INFINITY, OPEN);

  /** Refuses NaN, reversed ends, and infinite ends that are not called open. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("interval ends [" + low + ", " + high + "]");
    }
    if ((Double.isInfinite(low) && lowKind != OPEN)
        || (Double.isInfinite(high) && highKind != OPEN)) {
      throw new IllegalArgumentException(
          "an infinite end is open: [" + low + " " + lowKind + ", " + high + " " + highKind + "]");
    }
  }

  /** Both ends of one kind; infinite ends are open. */
  public static Interval of(double low, double high, EndKind kind) {
    return new Interval(
        low, Double.isInfinite(low) ? OPEN : kind, high, Double.isInfinite(high) ? OPEN : kind);
  }

  /** Both ends certain; infinite ends are open. */
  public static Interval certain(double low, double high) {
    return of(low, high, CERTAIN);
  }

  /** Both ends guaranteed; infinite ends are open. */
  public static Interval guaranteed(double low, double high) {
    return of(low, high, GUARANTEED);
  }

  /** Both ends asymptotic; infinite ends are open. */
  public static Interval asymptotic(double low, double high) {
    return of(low, high, ASYMPTOTIC);
  }

  /** A known number. */
  public static Interval exactly(double value) {
    return certain(value, value);
  }

  /** Whether a value lies inside, ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** {@code high - low}. */
  public double width() {
    return high - low;
  }

  /** Whether an end is open. */
  public boolean isOpen() {
    return lowKind == OPEN || highKind == OPEN;
  }

  /**
   * The part inside a certain range. An end outside the range becomes the range's end, and certain;
   * for equal ends the stronger kind is used.
   */
  public Interval within(double least, double most) {
    return meet(certain(least, most));
  }

  /**
   * The intersection of both intervals. Each side has the tighter end with its kind; for equal ends
   * the stronger kind is used. If the two are disjoint, or share only a point though neither is a
   * point, at least one of them is wrong: the result is the interval with the stronger end where
   * they separate.
   */
  public Interval meet(Interval other) {
    double newLow = Math.max(low, other.low);
    EndKind newLowKind = kindAt(newLow, low, lowKind, other.low, other.lowKind);
    double newHigh = Math.min(high, other.high);
    EndKind newHighKind = kindAt(newHigh, high, highKind, other.high, other.highKind);
    boolean point = low == high || other.low == other.high;
    if (newLow < newHigh || (newLow == newHigh && point)) {
      return new Interval(newLow, newLowKind, newHigh, newHighKind);
    }
    boolean lowIsStronger = newLowKind.compareTo(newHighKind) <= 0;
    boolean thisHasLow = low == newLow;
    return lowIsStronger == thisHasLow ? this : other;
  }

  private static EndKind kindAt(double end, double a, EndKind kindA, double b, EndKind kindB) {
    if (a == b) {
      return kindA.compareTo(kindB) <= 0 ? kindA : kindB;
    }
    return end == a ? kindA : kindB;
  }

  /** Both ends with how they are known, for display. */
  @Override
  public String toString() {
    return "[" + low + " " + lowKind.wireName() + ", " + high + " " + highKind.wireName() + "]";
  }
}
