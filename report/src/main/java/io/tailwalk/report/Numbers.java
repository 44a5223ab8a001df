package io.tailwalk.report;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import java.util.Locale;

/** Formats numbers for the commands. */
public final class Numbers {
  /** Factor beyond which two differing ends are both printed. */
  private static final double APART = 1.5;

  private Numbers() {}

  /** Formats a whole number with commas between thousands. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /**
   * Formats an estimate with its interval and the kinds of its ends, for example {@code 1.2×10⁻⁴
   * [0.9×10⁻⁴ guaranteed, 1.6×10⁻⁴ asymptotic] (95% interval)}. If an asymptotic end is well inside
   * the guaranteed end, the guaranteed end is printed too.
   */
  public static String estimate(Estimate estimate) {
    NumberStyle style = NumberStyle.significant(3);
    if (estimate.isExact()) {
      // A number too small for a double is not zero.
      return estimate.value() == 0 && estimate.certain().high() > 0
          ? "below " + style.format(estimate.certain().high())
          : style.format(estimate.value()) + " (known exactly)";
    }
    return interval(estimate, style)
        + " ("
        + Math.round(100 * estimate.level())
        + "% interval"
        + guaranteedBeside(estimate, style)
        + ")";
  }

  /**
   * Formats a value and its interval, each end with its kind.
   *
   * @param least the style, with more digits if the ends would look alike
   */
  public static String interval(Estimate estimate, NumberStyle least) {
    Interval interval = estimate.interval();
    NumberStyle style = least.apart(interval.low(), interval.high());
    return style.format(estimate.value())
        + " ["
        + style.format(interval.low())
        + " "
        + interval.lowKind().wireName()
        + ", "
        + style.format(interval.high())
        + " "
        + interval.highKind().wireName()
        + "]";
  }

  private static String guaranteedBeside(Estimate estimate, NumberStyle style) {
    Interval quoted = estimate.interval();
    Interval guaranteed = estimate.guaranteed();
    boolean differs =
        quoted.high() * APART < guaranteed.high() || guaranteed.low() * APART < quoted.low();
    boolean asymptotic =
        quoted.lowKind() == EndKind.ASYMPTOTIC || quoted.highKind() == EndKind.ASYMPTOTIC;
    return asymptotic && differs
        ? "; guaranteed: ["
            + style.format(guaranteed.low())
            + ", "
            + style.format(guaranteed.high())
            + "]"
        : "";
  }

  /** Converts an estimate to the form of the report. */
  public static io.tailwalk.report.Estimate shown(Estimate estimate) {
    return io.tailwalk.report.Estimate.of(estimate);
  }
}
