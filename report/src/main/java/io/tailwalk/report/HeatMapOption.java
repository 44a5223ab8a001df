package io.tailwalk.report;

import java.util.List;
import java.util.stream.DoubleStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A heat map as an ECharts option. */
final class HeatMapOption {
  /** Relative difference up to which values are drawn as equal. */
  private static final double EQUAL = 1e-9;

  private static final int CELL_HEIGHT = 38;

  private HeatMapOption() {}

  /** Adds the option of a heat map and returns its height in pixels. */
  static int put(Chart.HeatMap map, ObjectNode option) {
    Axis value = map.cells().value();
    option.put("tooltip", "item");
    ChartOption.categories(option.putObject("xAxis"), map.columnTitle(), map.columns());
    ChartOption.categories(option.putObject("yAxis"), map.rowTitle(), map.rows());
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
        .put("text", Visible.onOneLine(value.heading(), Visible.NAME))
        .put("min", least)
        .put("max", Math.max(most, least + leastWidth(least, most)));
    ArrayNode data = option.putArray("series").addObject().put("type", "heatmap").putArray("data");
    for (int row = 0; row < map.rows().size(); row++) {
      for (int column = 0; column < map.columns().size(); column++) {
        double cell = map.cells().values().get(row).get(column);
        ObjectNode datum = data.addObject().put("text", value.style().format(cell));
        datum.putArray("value").add(column).add(row);
        if (value.shows(cell)) {
          datum.withArray("/value").add(cell);
        } else {
          datum.withArray("/value").add("-");
        }
        ChartOption.tip(
            datum,
            Visible.onOneLine(map.rows().get(row), Visible.NAME)
                + " \\ "
                + Visible.onOneLine(map.columns().get(column), Visible.NAME),
            value.heading(),
            value.style().format(cell));
      }
    }
    return ChartOption.FRAME_HEIGHT + 30 + CELL_HEIGHT * map.rows().size();
  }

  /**
   * A scale of width zero would draw equal values in the colour of its middle. Values that are
   * equal up to rounding are drawn at the lower end: zeros on a scale from 0 to 1, other values on
   * a scale to their double.
   */
  private static double leastWidth(double least, double most) {
    double size = Math.max(Math.abs(least), Math.abs(most));
    if (size == 0) {
      return 1;
    }
    return most - least > EQUAL * size ? 0 : size;
  }
}
