package io.tailwalk.report;

/**
 * The meaning of one axis of a chart.
 *
 * @param title the quantity
 * @param unit unit such as {@code tokens}; empty if there is none
 * @param scale linear or logarithmic
 * @param style style of the numbers printed next to the chart
 */
public record Axis(String title, String unit, Scale scale, NumberStyle style) {

  /** The scale of an axis. A logarithmic axis omits values that are not positive. */
  public enum Scale {
    /** Linear. */
    LINEAR,
    /** Logarithmic, by powers of ten. */
    LOG10,
    /** Logarithmic, by powers of two. */
    LOG2;

    /** Base of the logarithm, 10 or 2; 0 for a linear scale. */
    int base() {
      return switch (this) {
        case LINEAR -> 0;
        case LOG10 -> 10;
        case LOG2 -> 2;
      };
    }
  }

  /** Returns a linear axis with three significant digits. */
  public static Axis linear(String title, String unit) {
    return new Axis(title, unit, Scale.LINEAR, NumberStyle.significant(3));
  }

  /** Returns this axis with another scale. */
  public Axis on(Scale other) {
    return new Axis(title, unit, other, style);
  }

  /** Returns this axis with another number style. */
  public Axis printed(NumberStyle other) {
    return new Axis(title, unit, scale, other);
  }

  /** The title with its unit in parentheses, if it has one. */
  String heading() {
    return unit.isEmpty() ? title : title + " (" + unit + ")";
  }

  /** Whether this axis can show a value. */
  boolean shows(double value) {
    return Double.isFinite(value) && (scale == Scale.LINEAR || value >= Double.MIN_NORMAL);
  }
}
