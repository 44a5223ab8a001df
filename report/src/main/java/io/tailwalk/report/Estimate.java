package io.tailwalk.report;

/**
 * A number with the interval it lies in.
 *
 * @param low lower end; may be -inf
 * @param value the estimate; all three are NaN when nothing is known
 * @param high upper end; may be +inf
 */
public record Estimate(double low, double value, double high) {
  /** Refuses ends on the wrong side, and ends that are known of a value that is not. */
  public Estimate {
    boolean known = low <= value && value <= high;
    boolean unknown = Double.isNaN(low) && Double.isNaN(value) && Double.isNaN(high);
    if (!known && !unknown) {
      throw new IllegalArgumentException(
          "estimate " + value + " is outside its interval [" + low + ", " + high + "]");
    }
  }

  /** A number known exactly, or NaN for one not known at all. */
  public static Estimate exactly(double value) {
    return new Estimate(value, value, value);
  }

  /** Whether there is no interval to show. */
  public boolean isExact() {
    return !(low < high);
  }
}
