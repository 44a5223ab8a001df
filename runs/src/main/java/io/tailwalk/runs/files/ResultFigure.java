package io.tailwalk.runs.files;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import org.jspecify.annotations.Nullable;

/**
 * A number of a result.
 *
 * @param value the number; NaN if unknown
 * @param low lower end; NaN if the number has no interval
 * @param high upper end; NaN if the number has no interval
 * @param lowKind how the lower end is known; null if the number has no interval
 * @param highKind how the upper end is known; null if the number has no interval
 * @param style how the number is printed
 */
record ResultFigure(
    double value,
    double low,
    double high,
    @Nullable EndKind lowKind,
    @Nullable EndKind highKind,
    NumberStyle style) {

  /** A number without an interval. */
  static ResultFigure of(double value, NumberStyle style) {
    return new ResultFigure(value, Double.NaN, Double.NaN, null, null, style);
  }

  boolean hasInterval() {
    return lowKind != null;
  }

  /** The number and its interval as text. */
  String text() {
    if (Double.isNaN(value) || !hasInterval()) {
      return style.format(value);
    }
    // By rounding, a value may be outside ends of another level.
    double inside = Math.clamp(value, low, high);
    return style.format(new Estimate(low, inside, high, lowKind, highKind));
  }
}
