package io.tailwalk.report;

import java.util.stream.DoubleStream;
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

  /** The axis for the given values; those it cannot show are left out. */
  static AxisOption of(Axis axis, DoubleStream values) {
    double[] shown = values.filter(axis::shows).toArray();
    double low = DoubleStream.of(shown).min().orElse(1);
    double high = DoubleStream.of(shown).max().orElse(1);
    return switch (axis.scale()) {
      case LINEAR -> new AxisOption(axis, low >= 0 && low <= high / 2 ? 0 : low, high);
      case LOG10, LOG2 -> {
        double first = power(axis, Math.floor(log(axis, low) + 1e-9));
        double last = power(axis, Math.ceil(log(axis, high) - 1e-9));
        yield new AxisOption(axis, first, last > first ? last : first * axis.scale().base());
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
    if (axis.shows(estimate.low())) {
      return estimate.low();
    }
    return axis.scale() == Axis.Scale.LINEAR ? estimate.value() : least;
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
