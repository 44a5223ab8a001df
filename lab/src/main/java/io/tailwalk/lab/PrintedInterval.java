package io.tailwalk.lab;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import java.util.Optional;

/**
 * The interval that one run printed, together with the true value.
 *
 * @param printed whether the run printed an interval; if not, both ends count as open
 * @param exact whether the run claimed to know the value exactly
 * @param interval the interval
 * @param truth the true value
 */
public record PrintedInterval(boolean printed, boolean exact, Interval interval, double truth) {
  /** Rounding of an exact sum over tens of thousands of nodes, relative. */
  private static final double ROUNDING = 1e-9;

  /** The interval of an estimate; without an estimate, an interval that was not printed. */
  public static PrintedInterval of(Optional<Estimate> estimate, double truth) {
    return estimate
        .map(known -> new PrintedInterval(true, known.isExact(), known.interval(), truth))
        .orElse(new PrintedInterval(false, false, Interval.LINE, truth));
  }

  /** Whether the true value lies below the interval: its low end is too high. */
  public boolean missesBelow() {
    return !openLow() && interval.low() > truth * (1 + ROUNDING);
  }

  /** Whether the true value lies above the interval: its high end is too low. */
  public boolean missesAbove() {
    return !openHigh() && interval.high() < truth * (1 - ROUNDING);
  }

  /** Whether the interval contains the true value; an open end never misses on its side. */
  public boolean holds() {
    return !missesBelow() && !missesAbove();
  }

  /** Whether an end is open. */
  public boolean isOpen() {
    return interval.isOpen();
  }

  private boolean openLow() {
    return interval.lowKind() == EndKind.OPEN;
  }

  private boolean openHigh() {
    return interval.highKind() == EndKind.OPEN;
  }

  /** Width divided by the true value; infinite if an end is open. */
  public double relativeWidth() {
    return isOpen() ? Double.POSITIVE_INFINITY : interval.width() / truth;
  }
}
