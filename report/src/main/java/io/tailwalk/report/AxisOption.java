package io.tailwalk.report;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One value axis of a drawn chart.
 *
 * @param axis what it means
 * @param least smallest value drawn
 * @param most largest value drawn
 */
record AxisOption(Axis axis, double least, double most) {
  /**
   * A logarithmic axis reaches down to this part of the smallest value at most: an interval that
   * begins near zero would otherwise press everything else to the top.
   */
  private static final double BELOW_POINTS = 1e6;

  /** The axis for points without intervals. */
  static AxisOption of(Axis axis, DoubleStream points) {
    return of(axis, points.toArray(), DoubleStream.empty());
  }

  /** The axis for estimates and their intervals; numbers it cannot show are left out. */
  static AxisOption of(Axis axis, Stream<Estimate> estimates) {
    List<Estimate> all = estimates.toList();
    return of(
        axis,
        all.stream().mapToDouble(Estimate::value).toArray(),
        all.stream().flatMapToDouble(estimate -> DoubleStream.of(estimate.low(), estimate.high())));
  }

  private static AxisOption of(Axis axis, double[] points, DoubleStream ends) {
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
      case LINEAR -> new AxisOption(axis, low >= 0 && low <= high / 2 ? 0 : low, high);
      case LOG10, LOG2 -> {
        double first = power(axis, Math.floor(log(axis, low) + 1e-9));
        double last = Math.min(power(axis, Math.ceil(log(axis, high) - 1e-9)), Double.MAX_VALUE);
        double least = Math.max(first, Double.MIN_NORMAL);
        yield new AxisOption(axis, least, last > least ? last : least * axis.scale().base());
      }
    };
  }

  /** The option of ECharts for this axis. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", axis.heading());
    if (axis.scale() == Axis.Scale.LINEAR) {
      json.put("type", "value").put("scale", true);
      if (least == 0) {
        json.put("min", 0);
      }
      if (axis.style().form() == NumberStyle.Form.INTEGER) {
        json.put("minInterval", 1);
      }
    } else {
      json.put("type", "log").put("logBase", axis.scale().base());
      json.put("min", least).put("max", most);
    }
    return json;
  }

  /** Lower end of an interval as far as the axis can show it. */
  double low(Estimate estimate) {
    if (axis.scale() != Axis.Scale.LINEAR) {
      return axis.shows(estimate.low()) ? Math.max(estimate.low(), least) : least;
    }
    return axis.shows(estimate.low()) ? estimate.low() : estimate.value();
  }

  /** Upper end of an interval as far as the axis can show it. */
  double high(Estimate estimate) {
    return axis.shows(estimate.high()) ? estimate.high() : estimate.value();
  }

  private static double log(Axis axis, double value) {
    return Math.log(value) / Math.log(axis.scale().base());
  }

  private static double power(Axis axis, double exponent) {
    return Math.pow(axis.scale().base(), exponent);
  }
}
