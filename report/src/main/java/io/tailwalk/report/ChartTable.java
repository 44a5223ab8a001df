package io.tailwalk.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The numbers of a chart as a table, for readers who cannot or do not want to view it. */
final class ChartTable {
  private ChartTable() {}

  static Table of(Plot plot) {
    String caption = plot.title();
    return switch (plot.chart()) {
      case Chart.Lines lines -> lines(caption, lines);
      case Chart.Scatter scatter -> scatter(caption, scatter);
      case Chart.Bars bars ->
          bars(caption, bars.categoryTitle(), bars.categories(), bars.value(), bars.series());
      case Chart.Dots dots ->
          bars(caption, dots.categoryTitle(), dots.categories(), dots.value(), dots.series());
      case Chart.HeatMap map -> heatMap(caption, map);
    };
  }

  private static Table lines(String caption, Chart.Lines chart) {
    record Row(String series, Chart.LinePoint point) {}
    List<Row> rows = new ArrayList<>();
    for (Chart.Line line : chart.series()) {
      line.points().forEach(point -> rows.add(new Row(line.name(), point)));
    }
    Axis x = chart.x();
    Axis y = chart.y();
    return Table.of(caption, rows)
        .text("Series", Row::series)
        .number(x.title(), x.unit(), x.style(), row -> row.point().x())
        .interval(y.title(), y.unit(), y.style(), row -> row.point().y())
        .build();
  }

  private static Table scatter(String caption, Chart.Scatter chart) {
    record Row(String series, Chart.LabelledPoint point) {}
    List<Row> rows = new ArrayList<>();
    for (Chart.Cloud cloud : chart.series()) {
      cloud.points().forEach(point -> rows.add(new Row(cloud.name(), point)));
    }
    Axis x = chart.x();
    Axis y = chart.y();
    return Table.of(caption, rows)
        .text("Series", Row::series)
        .text("Label", row -> row.point().label())
        .interval(x.title(), x.unit(), x.style(), row -> row.point().x())
        .interval(y.title(), y.unit(), y.style(), row -> row.point().y())
        .build();
  }

  private static Table bars(
      String caption,
      String categoryTitle,
      List<String> categories,
      Axis value,
      List<Chart.BarSeries> series) {
    return Table.of(caption, places(categories))
        .text(categoryTitle, categories::get)
        .each(
            series,
            (table, one) ->
                table.interval(one.name(), value.heading(), value.style(), one.values()::get))
        .build();
  }

  private static Table heatMap(String caption, Chart.HeatMap map) {
    Axis value = map.cells().value();
    return Table.of(caption + ": " + value.heading(), places(map.rows()))
        .text(map.rowTitle() + " \\ " + map.columnTitle(), map.rows()::get)
        .each(
            places(map.columns()),
            (table, column) ->
                table.number(
                    map.columns().get(column),
                    value.style(),
                    row -> map.cells().values().get(row).get(column)))
        .build();
  }

  private static List<Integer> places(List<?> things) {
    return IntStream.range(0, things.size()).boxed().toList();
  }
}
