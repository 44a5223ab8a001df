package io.tailwalk.report;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One value axis of a drawn chart. A logarithmic axis with estimates of zero, or with intervals
 * down to zero, has a position for zero below its lowest power.
 *
 * @param axis meaning of the axis
 * @param least smallest value drawn to scale
 * @param most largest value drawn
 * @param zero label of the position for zero; empty if the axis needs none
 */
record AxisOption(Axis axis, double least, double most, String zero) {
  /**
   * A logarithmic axis extends below the smallest value by at most this factor: an interval that
   * begins near zero would otherwise squeeze everything else to the top.
   */
  private static final double BELOW_POINTS = 1e6;

  /** Distance of the position for zero below the lowest power, as a share of the powers shown. */
  private static final double ZERO_PART = 1.0 / 8;

  /** The axis for points without intervals; a logarithmic axis omits points at zero. */
  static AxisOption of(Axis axis, DoubleStream points) {
    return of(axis, points.toArray(), DoubleStream.empty(), "");
  }

  /** The axis for estimates and their intervals; numbers that it cannot show are omitted. */
  static AxisOption of(Axis axis, Stream<Estimate> estimates) {
    List<Estimate> all = estimates.toList();
    return of(
        axis,
        all.stream().mapToDouble(Estimate::value).toArray(),
        all.stream().flatMapToDouble(estimate -> DoubleStream.of(estimate.low(), estimate.high())),
        axis.scale() == Axis.Scale.LINEAR ? "" : zero(all));
  }

  private static String zero(List<Estimate> estimates) {
    List<Estimate> shown = estimates.stream().filter(estimate -> estimate.value() >= 0).toList();
    if (shown.stream().anyMatch(estimate -> estimate.low() < 0)) {
      return "≤ 0";
    }
    return shown.stream().anyMatch(estimate -> isZero(estimate.low())) ? "0" : "";
  }

  private static AxisOption of(Axis axis, double[] points, DoubleStream ends, String zero) {
    double nearby =
        axis.scale() == Axis.Scale.LINEAR
            ? Double.NEGATIVE_INFINITY
            : DoubleStream.of(points).filter(axis::shows).min().orElse(0) / BELOW_POINTS;
    double[] shown =
        DoubleStream.concat(DoubleStream.of(points), ends)
            .filter(axis::shows)
            .map(value -> Math.max(value, nearby))
            .toArray();
    double low = DoubleStream.of(shown).min().orElse(1);
    double high = DoubleStream.of(shown).max().orElse(1);
    return switch (axis.scale()) {
      case LINEAR -> new AxisOption(axis, low >= 0 && low <= high / 2 ? 0 : low, high, zero);
      case LOG10, LOG2 -> {
        double first = power(axis, Math.floor(log(axis, low) + 1e-9));
        double last = Math.min(power(axis, Math.ceil(log(axis, high) - 1e-9)), Double.MAX_VALUE);
        double least = Math.max(first, Double.MIN_NORMAL);
        yield new AxisOption(axis, least, last > least ? last : least * axis.scale().base(), zero);
      }
    };
  }

  /** The ECharts option of this axis. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", Visible.onOneLine(axis.heading(), Visible.NAME));
    if (axis.scale() == Axis.Scale.LINEAR) {
      json.put("type", "value").put("scale", true);
      if (least == 0) {
        json.put("min", 0);
        // Ticks at even steps would extend past the end of a share.
        if (most > 0.8 && most <= 1) {
          json.put("max", 1);
        }
      }
      if (axis.style().form() == NumberStyle.Form.INTEGER) {
        json.put("minInterval", 1);
      }
    } else {
      json.put("type", "log").put("logBase", axis.scale().base());
      json.put("min", least).put("max", most);
      if (!zero.isEmpty()) {
        double powers = log(axis, most) - log(axis, least);
        json.putObject("zero")
            .put("label", zero)
            .put("below", Math.max(1, Math.round(powers * ZERO_PART)));
      }
    }
    return json;
  }

  /** Whether the axis can show an estimate: on its scale, or at the position for zero. */
  boolean shows(double value) {
    return axis.shows(value) || (!zero.isEmpty() && isZero(value));
  }

  /** Whether an estimate is drawn at the position for zero of a logarithmic axis. */
  boolean isAtZero(double value) {
    return shows(value) && !axis.shows(value);
  }

  /** The value at which an estimate is drawn; 0 is the position for zero. */
  double place(double value) {
    return axis.shows(value) ? value : 0;
  }

  /** Lower end of an interval as far as the axis can show it. */
  double low(Estimate estimate) {
    if (axis.scale() == Axis.Scale.LINEAR) {
      return axis.shows(estimate.low()) ? estimate.low() : estimate.value();
    }
    if (axis.shows(estimate.low())) {
      return Math.max(estimate.low(), least);
    }
    return zero.isEmpty() ? least : 0;
  }

  /** Whether an interval extends below the lowest value of a logarithmic axis, but not to zero. */
  boolean endsBelow(Estimate estimate) {
    return axis.scale() != Axis.Scale.LINEAR && estimate.low() > 0 && estimate.low() < least;
  }

  /** Upper end of an interval as far as the axis can show it. */
  double high(Estimate estimate) {
    return axis.shows(estimate.high()) ? estimate.high() : place(estimate.value());
  }

  private static boolean isZero(double value) {
    return value >= 0 && value < Double.MIN_NORMAL;
  }

  private static double log(Axis axis, double value) {
    return Math.log(value) / Math.log(axis.scale().base());
  }

  private static double power(Axis axis, double exponent) {
    return Math.pow(axis.scale().base(), exponent);
  }
}
