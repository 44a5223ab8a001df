package io.tailwalk.coverage;

/**
 * A closed interval.
 *
 * @param low lower end
 * @param high upper end, at least {@code low}
 */
public record Interval(double low, double high) {
  /** Rejects NaN and reversed ends. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("interval ends [" + low + ", " + high + "]");
    }
  }

  /** The part inside [0, 1]. */
  public Interval clippedToUnit() {
    return new Interval(Math.clamp(low, 0.0, 1.0), Math.clamp(high, 0.0, 1.0));
  }

  /** Whether the value lies inside, ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** {@code high - low}. */
  public double width() {
    return high - low;
  }
}
