package io.tailwalk.report;

/**
 * What one axis of a chart means.
 *
 * @param title the quantity
 * @param unit such as {@code tokens}; empty where there is none
 * @param scale linear or logarithmic
 * @param style how its numbers are printed beside the chart
 */
public record Axis(String title, String unit, Scale scale, NumberStyle style) {

  /** How values lie along an axis. A logarithmic one leaves out what is not positive. */
  public enum Scale {
    /** Evenly. */
    LINEAR,
    /** By powers of ten. */
    LOG10,
    /** By powers of two. */
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

  /** A linear axis with three significant digits. */
  public static Axis linear(String title, String unit) {
    return new Axis(title, unit, Scale.LINEAR, NumberStyle.significant(3));
  }

  /** The same quantity on another scale. */
  public Axis on(Scale other) {
    return new Axis(title, unit, other, style);
  }

  /** The same quantity printed otherwise. */
  public Axis printed(NumberStyle other) {
    return new Axis(title, unit, scale, other);
  }

  /** The title with its unit in parentheses, if it has one. */
  String heading() {
    return unit.isEmpty() ? title : title + " (" + unit + ")";
  }

  /** Whether a value can stand on this axis. */
  boolean shows(double value) {
    return Double.isFinite(value) && (scale == Scale.LINEAR || value >= Double.MIN_NORMAL);
  }
}
