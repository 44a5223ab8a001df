package io.tailwalk.core.interval;

import java.util.Optional;

/**
 * A number with its uncertainty: the estimate, the interval to quote, and the two stronger
 * intervals behind it. The quoted ends lie within the guaranteed ones, and those within the certain
 * ones.
 *
 * @param value the point estimate, inside the interval
 * @param standardError of the value; 0 if it is known exactly, NaN if it is unknown
 * @param interval the ends to quote, each the tightest justified one, with its kind
 * @param certain ends that always hold
 * @param guaranteed ends that hold at the stated level whatever the distribution
 * @param level nominal probability that the interval contains the true value, for example 0.95; 1
 *     where the number is known exactly
 * @param bias of the value
 * @param method short description of how it was computed
 */
public record Estimate(
    double value,
    double standardError,
    Interval interval,
    Interval certain,
    Interval guaranteed,
    double level,
    Bias bias,
    String method) {

  /** Refuses an estimate outside its interval. */
  public Estimate {
    if (!interval.contains(value)) {
      throw new IllegalArgumentException(
          "estimate "
              + value
              + " is outside its interval ["
              + interval.low()
              + ", "
              + interval.high()
              + "]");
    }
  }

  /** An estimate with a single interval; the range of the number is its certain interval. */
  public static Estimate of(
      double value,
      double standardError,
      Interval interval,
      Interval range,
      double level,
      Bias bias,
      String method) {
    Interval within = interval.meet(range);
    double inside = Math.clamp(value, within.low(), within.high());
    return new Estimate(
        inside,
        standardError,
        within,
        range,
        guaranteedPart(interval).meet(range),
        level,
        bias,
        method);
  }

  /** A known number, up to rounding if its ends differ. */
  public static Estimate exactly(double value, Interval ends, String method) {
    return new Estimate(value, 0, ends, ends, ends, 1, Bias.NONE, method);
  }

  /** The ends that are not asymptotic; the others are opened. */
  private static Interval guaranteedPart(Interval interval) {
    boolean low = interval.lowKind() == EndKind.ASYMPTOTIC;
    boolean high = interval.highKind() == EndKind.ASYMPTOTIC;
    return new Interval(
        low ? Double.NEGATIVE_INFINITY : interval.low(),
        low ? EndKind.OPEN : interval.lowKind(),
        high ? Double.POSITIVE_INFINITY : interval.high(),
        high ? EndKind.OPEN : interval.highKind());
  }

  /**
   * Where an estimate was moved that lay outside what is known: {@code "up"} if the value is the
   * lower end, {@code "down"} if it is the upper one, and empty otherwise. Unlike the bias it
   * depends on the value: it says what happened to this one.
   */
  public Optional<String> moved() {
    if (bias != Bias.CLAMPED || low() == high() || value == 0) {
      return Optional.empty();
    }
    return value == low() ? Optional.of("up") : Optional.of("down").filter(_ -> value == high());
  }

  /** Lower end of the interval. */
  public double low() {
    return interval.low();
  }

  /** Upper end of the interval. */
  public double high() {
    return interval.high();
  }

  /** Whether the number is known exactly. */
  public boolean isExact() {
    return level == 1;
  }
}
