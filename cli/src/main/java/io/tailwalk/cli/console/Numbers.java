package io.tailwalk.cli.console;

import io.tailwalk.report.NumberStyle;
import io.tailwalk.sampling.estimate.Estimate;
import java.util.Locale;

/** Numbers as the commands print them. */
public final class Numbers {
  private Numbers() {}

  /** A whole number with thousands set apart. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** An estimate with its interval, for example {@code 1.2×10⁻⁴ [0.9×10⁻⁴, 1.6×10⁻⁴]}. */
  public static String estimate(Estimate estimate) {
    return NumberStyle.significant(3).format(shown(estimate))
        + " ("
        + Math.round(100 * estimate.level())
        + "% interval)";
  }

  /** The same in the form of the report. */
  public static io.tailwalk.report.Estimate shown(Estimate estimate) {
    return new io.tailwalk.report.Estimate(
        Math.min(estimate.low(), estimate.value()),
        estimate.value(),
        Math.max(estimate.high(), estimate.value()));
  }
}
