package io.tailwalk.report;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chart as an ECharts option, in pure JSON: {@code page.js} adds colours, fonts and the functions
 * named under {@code renderItem}. The field {@code tip} of each datum contains the text of its
 * tooltip, printed here so that chart and table always agree.
 */
final class ChartOption {
  private static final int PLAIN_HEIGHT = 380;
  private static final int BAR_HEIGHT = 22;
  private static final int DOT_HEIGHT = 14;
  static final int FRAME_HEIGHT = 130;

  private ChartOption() {}

  /**
   * Returns the option, including the height of the chart in pixels.
   *
   * @param styles styles of the page's series
   */
  static ObjectNode of(Chart chart, SeriesStyles styles) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode option = JsonNodeFactory.instance.objectNode();
    int height =
        switch (chart) {
          case Chart.Lines lines -> lines(lines, option, styles);
          case Chart.Scatter scatter -> scatter(scatter, option, styles);
          case Chart.Bars bars -> bars(bars, option, styles);
          case Chart.Dots dots -> dots(dots, option, styles);
          case Chart.HeatMap map -> HeatMapOption.put(map, option);
        };
    json.put("height", height);
    json.set("option", option);
    return json;
  }

  private static int lines(Chart.Lines chart, ObjectNode option, SeriesStyles styles) {
    AxisOption x = AxisOption.of(chart.x(), points(chart).mapToDouble(Chart.LinePoint::x));
    AxisOption y = AxisOption.of(chart.y(), points(chart).map(Chart.LinePoint::y));
    option.put("tooltip", "axis");
    option.set("xAxis", x.json());
    option.set("yAxis", y.json());
    legend(option, chart.series().stream().map(Chart.Line::name), styles);
    ArrayNode series = option.putArray("series");
    for (Chart.Line line : chart.series()) {
      ObjectNode curve = series(series, "line", styles.of(line.name()));
      curve.put("dashed", line.dashed());
      ArrayNode data = curve.putArray("data");
      for (Chart.LinePoint point : line.points()) {
        if (chart.x().shows(point.x())) {
          ObjectNode datum = data.addObject();
          value(datum, datum.putArray("value").add(point.x()), y, point.y().value());
          tip(
              datum,
              chart.x().heading() + ": " + chart.x().style().format(point.x()),
              line.name(),
              chart.y().style().format(point.y()));
        }
      }
    }
    chart.series().forEach(line -> band(series, line, x, y, styles));
    return PLAIN_HEIGHT;
  }

  private static void band(
      ArrayNode series, Chart.Line line, AxisOption x, AxisOption y, SeriesStyles styles) {
    if (line.points().stream().allMatch(point -> point.y().isExact())) {
      return;
    }
    ObjectNode band = series(series, "custom", styles.of(line.name()));
    band.put("renderItem", "band");
    ArrayNode data = band.putArray("data");
    for (Chart.LinePoint point : line.points()) {
      double high = y.high(point.y());
      if (x.axis().shows(point.x()) && y.shows(high)) {
        data.addArray().add(point.x()).add(y.low(point.y())).add(high);
      }
    }
  }

  private static int scatter(Chart.Scatter chart, ObjectNode option, SeriesStyles styles) {
    List<Chart.LabelledPoint> all =
        chart.series().stream().flatMap(cloud -> cloud.points().stream()).toList();
    AxisOption x = AxisOption.of(chart.x(), all.stream().map(Chart.LabelledPoint::x));
    AxisOption y = AxisOption.of(chart.y(), all.stream().map(Chart.LabelledPoint::y));
    option.put("tooltip", "item");
    option.set("xAxis", x.json());
    option.set("yAxis", y.json());
    legend(option, chart.series().stream().map(Chart.Cloud::name), styles);
    ArrayNode series = option.putArray("series");
    for (Chart.Cloud cloud : chart.series()) {
      ObjectNode dots = series(series, "scatter", styles.of(cloud.name()));
      ArrayNode data = dots.putArray("data");
      ArrayNode bars = whiskers(series, styles.of(cloud.name()), "whiskers").putArray("data");
      for (Chart.LabelledPoint point : cloud.points()) {
        if (x.shows(point.x().value()) && y.shows(point.y().value())) {
          ObjectNode datum = data.addObject();
          datum.put("name", Visible.onOneLine(point.label(), Visible.NAME));
          ArrayNode place = datum.putArray("value");
          value(datum, place, x, point.x().value());
          value(datum, place, y, point.y().value());
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
    bar.add(x.place(atX.value())).add(x.low(atX)).add(x.high(atX));
    bar.add(y.place(atY.value())).add(y.low(atY)).add(y.high(atY));
    bar.add(x.endsBelow(atX) ? 1 : 0).add(y.endsBelow(atY) ? 1 : 0);
  }

  private static int bars(Chart.Bars chart, ObjectNode option, SeriesStyles styles) {
    AxisOption axis = byCategory(option, chart.value(), chart.series());
    option.withObject("/xAxis").put("scale", false);
    categories(option.putObject("yAxis"), chart.categoryTitle(), chart.categories());
    legend(option, chart.series().stream().map(Chart.BarSeries::name), styles);
    ArrayNode series = option.putArray("series");
    for (int k = 0; k < chart.series().size(); k++) {
      SeriesStyles.Style style = styles.of(chart.series().get(k).name());
      ObjectNode drawn = series(series, "bar", style);
      ObjectNode whiskers = whiskers(series, style, "barWhiskers");
      whiskers.put("bar", k).put("bars", chart.series().size());
      measured(chart.categories(), chart.series().get(k), axis, drawn, whiskers);
    }
    return FRAME_HEIGHT
        + chart.categories().size() * (14 + BAR_HEIGHT * Math.max(1, chart.series().size()));
  }

  private static int dots(Chart.Dots chart, ObjectNode option, SeriesStyles styles) {
    AxisOption axis = byCategory(option, chart.value(), chart.series());
    categories(option.putObject("yAxis"), chart.categoryTitle(), chart.categories());
    legend(option, chart.series().stream().map(Chart.BarSeries::name), styles);
    ArrayNode series = option.putArray("series");
    int count = chart.series().size();
    for (int k = 0; k < count; k++) {
      SeriesStyles.Style style = styles.of(chart.series().get(k).name());
      double offset = DOT_HEIGHT * (k - (count - 1) / 2.0);
      ObjectNode drawn = series(series, "scatter", style).put("offset", offset);
      ObjectNode whiskers = whiskers(series, style, "dotWhiskers").put("offset", offset);
      measured(chart.categories(), chart.series().get(k), axis, drawn, whiskers);
    }
    return FRAME_HEIGHT + chart.categories().size() * (16 + DOT_HEIGHT * Math.max(1, count));
  }

  private static AxisOption byCategory(
      ObjectNode option, Axis value, List<Chart.BarSeries> series) {
    AxisOption axis = AxisOption.of(value, series.stream().flatMap(one -> one.values().stream()));
    option.put("tooltip", "item");
    option.set("xAxis", axis.json());
    return axis;
  }

  /** Adds the values of one series and their intervals, one per category. */
  private static void measured(
      List<String> categories,
      Chart.BarSeries series,
      AxisOption axis,
      ObjectNode drawn,
      ObjectNode whiskers) {
    ArrayNode data = drawn.putArray("data");
    ArrayNode ends = whiskers.putArray("data");
    for (int i = 0; i < series.values().size(); i++) {
      Estimate estimate = series.values().get(i);
      ObjectNode datum = data.addObject();
      ArrayNode place = datum.putArray("value");
      value(datum, place, axis, estimate.value());
      place.add(i);
      tip(
          datum,
          categories.get(i),
          series.name(),
          axis.axis().heading() + ": " + axis.axis().style().format(estimate));
      if (axis.shows(estimate.value()) && !estimate.isExact()) {
        ArrayNode end = ends.addArray().add(i).add(axis.low(estimate)).add(axis.high(estimate));
        end.add(axis.endsBelow(estimate) ? 1 : 0);
      }
    }
  }

  /** Adds an axis of names. */
  static void categories(ObjectNode axis, String title, List<String> names) {
    axis.put("type", "category").put("name", Visible.onOneLine(title, Visible.NAME));
    ArrayNode data = axis.putArray("data");
    names.forEach(name -> data.add(Visible.onOneLine(name, Visible.NAME)));
  }

  private static ObjectNode series(ArrayNode series, String type, SeriesStyles.Style style) {
    return series
        .addObject()
        .put("type", type)
        .put("name", style.label())
        .put("style", style.number());
  }

  private static ObjectNode whiskers(ArrayNode series, SeriesStyles.Style style, String how) {
    return series(series, "custom", style).put("renderItem", how);
  }

  private static void legend(ObjectNode option, Stream<String> names, SeriesStyles styles) {
    ArrayNode data = option.putArray("legend");
    names.forEach(name -> data.add(styles.of(name).label()));
  }

  // ECharts reads a dash as a missing value; JSON has no NaN.
  private static void value(ObjectNode datum, ArrayNode into, AxisOption axis, double value) {
    if (!axis.shows(value)) {
      into.add("-");
      return;
    }
    into.add(axis.place(value));
    if (axis.isAtZero(value)) {
      datum.put("zero", true);
    }
  }

  /** Adds the text of a tooltip. */
  static void tip(ObjectNode datum, String head, String name, String text) {
    datum
        .putObject("tip")
        .put("head", Visible.of(head, 3 * Visible.NAME))
        .put("name", Visible.of(name, Visible.NAME))
        .put("text", Visible.of(text, Visible.LINE));
  }

  private static Stream<Chart.LinePoint> points(Chart.Lines chart) {
    return chart.series().stream().flatMap(line -> line.points().stream());
  }
}
