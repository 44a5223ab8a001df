package io.tailwalk.report;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chart as an ECharts option, in pure JSON: colours, fonts and the functions named under {@code
 * renderItem} are put in by {@code page.js}. Each datum carries, as {@code tip}, the words of its
 * tooltip, printed here so that chart and table never disagree.
 */
final class ChartOption {
  /** Values that differ by no more than this part of their size are drawn as equal. */
  private static final double EQUAL = 1e-9;

  private static final int PLAIN_HEIGHT = 380;
  private static final int BAR_HEIGHT = 22;
  private static final int CELL_HEIGHT = 38;
  private static final int FRAME_HEIGHT = 130;

  private ChartOption() {}

  /** The option and the height it wants, in pixels. */
  static ObjectNode of(Chart chart) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode option = JsonNodeFactory.instance.objectNode();
    int height =
        switch (chart) {
          case Chart.Lines lines -> lines(lines, option);
          case Chart.Scatter scatter -> scatter(scatter, option);
          case Chart.Bars bars -> bars(bars, option);
          case Chart.HeatMap map -> heatMap(map, option);
        };
    json.put("height", height);
    json.set("option", option);
    return json;
  }

  private static int lines(Chart.Lines chart, ObjectNode option) {
    AxisOption x = AxisOption.of(chart.x(), points(chart).mapToDouble(Chart.LinePoint::x));
    AxisOption y = AxisOption.of(chart.y(), points(chart).map(Chart.LinePoint::y));
    option.put("tooltip", "axis");
    option.set("xAxis", x.json());
    option.set("yAxis", y.json());
    legend(option, chart.series().stream().map(Chart.Line::name).toList());
    ArrayNode series = option.putArray("series");
    for (Chart.Line line : chart.series()) {
      ObjectNode curve = series.addObject().put("type", "line").put("name", line.name());
      curve.put("dashed", line.dashed());
      ArrayNode data = curve.putArray("data");
      for (Chart.LinePoint point : line.points()) {
        if (chart.x().shows(point.x())) {
          ObjectNode datum = data.addObject();
          value(datum.putArray("value").add(point.x()), chart.y(), point.y().value());
          tip(
              datum,
              chart.x().heading() + ": " + chart.x().style().format(point.x()),
              line.name(),
              chart.y().style().format(point.y()));
        }
      }
    }
    chart.series().forEach(line -> band(series, line, x, y));
    return PLAIN_HEIGHT;
  }

  private static void band(ArrayNode series, Chart.Line line, AxisOption x, AxisOption y) {
    if (line.points().stream().allMatch(point -> point.y().isExact())) {
      return;
    }
    ObjectNode band = series.addObject().put("type", "custom").put("name", line.name());
    band.put("renderItem", "band");
    ArrayNode data = band.putArray("data");
    for (Chart.LinePoint point : line.points()) {
      double high = y.high(point.y());
      if (x.axis().shows(point.x()) && y.axis().shows(high)) {
        data.addArray().add(point.x()).add(y.low(point.y())).add(high);
      }
    }
  }

  private static int scatter(Chart.Scatter chart, ObjectNode option) {
    List<Chart.LabelledPoint> all =
        chart.series().stream().flatMap(cloud -> cloud.points().stream()).toList();
    AxisOption x = AxisOption.of(chart.x(), all.stream().map(Chart.LabelledPoint::x));
    AxisOption y = AxisOption.of(chart.y(), all.stream().map(Chart.LabelledPoint::y));
    option.put("tooltip", "item");
    option.set("xAxis", x.json());
    option.set("yAxis", y.json());
    legend(option, chart.series().stream().map(Chart.Cloud::name).toList());
    ArrayNode series = option.putArray("series");
    for (Chart.Cloud cloud : chart.series()) {
      ObjectNode dots = series.addObject().put("type", "scatter").put("name", cloud.name());
      ArrayNode data = dots.putArray("data");
      ObjectNode whiskers = whiskers(series, cloud.name());
      ArrayNode bars = whiskers.putArray("data");
      for (Chart.LabelledPoint point : cloud.points()) {
        if (chart.x().shows(point.x().value()) && chart.y().shows(point.y().value())) {
          ObjectNode datum = data.addObject().put("name", point.label());
          datum.putArray("value").add(point.x().value()).add(point.y().value());
          tip(
              datum,
              point.label(),
              cloud.name(),
              chart.x().heading()
                  + ": "
                  + chart.x().style().format(point.x())
                  + "\n"
                  + chart.y().heading()
                  + ": "
                  + chart.y().style().format(point.y()));
          cross(bars.addArray(), x, point.x(), y, point.y());
        }
      }
    }
    return PLAIN_HEIGHT;
  }

  private static void cross(ArrayNode bar, AxisOption x, Estimate atX, AxisOption y, Estimate atY) {
    bar.add(atX.value()).add(x.low(atX)).add(x.high(atX));
    bar.add(atY.value()).add(y.low(atY)).add(y.high(atY));
  }

  private static int bars(Chart.Bars chart, ObjectNode option) {
    AxisOption value =
        AxisOption.of(
            chart.value(), chart.series().stream().flatMap(series -> series.values().stream()));
    option.put("tooltip", "item");
    option.set("xAxis", value.json());
    if (chart.value().scale() == Axis.Scale.LINEAR) {
      option.withObject("/xAxis").put("scale", false);
    }
    categories(option.putObject("yAxis"), chart.categoryTitle(), chart.categories());
    legend(option, chart.series().stream().map(Chart.BarSeries::name).toList());
    ArrayNode series = option.putArray("series");
    for (int k = 0; k < chart.series().size(); k++) {
      bars(chart, k, value, series);
    }
    return FRAME_HEIGHT
        + chart.categories().size() * (14 + BAR_HEIGHT * Math.max(1, chart.series().size()));
  }

  private static void bars(Chart.Bars chart, int index, AxisOption axis, ArrayNode series) {
    Chart.BarSeries bars = chart.series().get(index);
    ObjectNode drawn = series.addObject().put("type", "bar").put("name", bars.name());
    ArrayNode data = drawn.putArray("data");
    ObjectNode whiskers = whiskers(series, bars.name());
    whiskers.put("renderItem", "barWhiskers");
    whiskers.put("bar", index).put("bars", chart.series().size());
    ArrayNode ends = whiskers.putArray("data");
    for (int i = 0; i < bars.values().size(); i++) {
      Estimate estimate = bars.values().get(i);
      ObjectNode datum = data.addObject();
      value(datum.putArray("value"), axis.axis(), estimate.value());
      datum.withArray("/value").add(i);
      tip(
          datum,
          chart.categories().get(i),
          bars.name(),
          chart.value().heading() + ": " + chart.value().style().format(estimate));
      if (axis.axis().shows(estimate.value()) && !estimate.isExact()) {
        ends.addArray().add(i).add(axis.low(estimate)).add(axis.high(estimate));
      }
    }
  }

  private static int heatMap(Chart.HeatMap map, ObjectNode option) {
    Axis value = map.cells().value();
    option.put("tooltip", "item");
    categories(option.putObject("xAxis"), map.columnTitle(), map.columns());
    categories(option.putObject("yAxis"), map.rowTitle(), map.rows());
    double[] known =
        map.cells().values().stream()
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .toArray();
    double least = DoubleStream.of(known).min().orElse(0);
    double most = DoubleStream.of(known).max().orElse(1);
    option
        .putObject("visualMap")
        .put("text", value.heading())
        .put("min", least)
        .put("max", Math.max(most, least + leastWidth(least, most)));
    ArrayNode data = option.putArray("series").addObject().put("type", "heatmap").putArray("data");
    for (int row = 0; row < map.rows().size(); row++) {
      for (int column = 0; column < map.columns().size(); column++) {
        double cell = map.cells().values().get(row).get(column);
        ObjectNode datum = data.addObject().put("text", value.style().format(cell));
        value(datum.putArray("value").add(column).add(row), value, cell);
        tip(
            datum,
            map.rows().get(row) + " \\ " + map.columns().get(column),
            value.heading(),
            value.style().format(cell));
      }
    }
    return FRAME_HEIGHT + 30 + CELL_HEIGHT * map.rows().size();
  }

  /**
   * A scale without width would draw equal values in the colour of its middle. Equal but for
   * rounding, they stand at its lower end: at 0 of a scale to 1, at others of one to their double.
   */
  private static double leastWidth(double least, double most) {
    double size = Math.max(Math.abs(least), Math.abs(most));
    if (size == 0) {
      return 1;
    }
    return most - least > EQUAL * size ? 0 : size;
  }

  private static void categories(ObjectNode axis, String title, List<String> names) {
    axis.put("type", "category").put("name", title);
    ArrayNode data = axis.putArray("data");
    names.forEach(name -> data.add(Visible.onOneLine(name)));
  }

  private static ObjectNode whiskers(ArrayNode series, String name) {
    ObjectNode whiskers = series.addObject().put("type", "custom").put("name", name);
    return whiskers.put("renderItem", "whiskers");
  }

  private static void legend(ObjectNode option, List<String> names) {
    ArrayNode data = option.putArray("legend");
    names.forEach(data::add);
  }

  // ECharts takes a dash for "no value here", where JSON has no NaN.
  private static void value(ArrayNode into, Axis axis, double value) {
    if (axis.shows(value)) {
      into.add(value);
    } else {
      into.add("-");
    }
  }

  private static void tip(ObjectNode datum, String head, String name, String text) {
    datum
        .putObject("tip")
        .put("head", Visible.of(head))
        .put("name", Visible.of(name))
        .put("text", text);
  }

  private static Stream<Chart.LinePoint> points(Chart.Lines chart) {
    return chart.series().stream().flatMap(line -> line.points().stream());
  }
}
