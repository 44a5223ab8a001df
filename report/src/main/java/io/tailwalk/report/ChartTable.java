package io.tailwalk.report;

import java.util.ArrayList;
import java.util.List;

/** The numbers of a chart as a table, for readers who cannot or would not look at it. */
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
    List<List<Cell>> rows = new ArrayList<>();
    for (Chart.Line line : chart.series()) {
      for (Chart.LinePoint point : line.points()) {
        rows.add(List.of(Cell.of(line.name()), Cell.of(point.x()), Cell.of(point.y())));
      }
    }
    Column x = new Column.Numeral(chart.x().title(), chart.x().unit(), chart.x().style());
    return new Table(caption, List.of(new Column.Text("Series"), x, interval(chart.y())), rows);
  }

  private static Table scatter(String caption, Chart.Scatter chart) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Chart.Cloud cloud : chart.series()) {
      for (Chart.LabelledPoint point : cloud.points()) {
        rows.add(
            List.of(
                Cell.of(cloud.name()),
                Cell.of(point.label()),
                Cell.of(point.x()),
                Cell.of(point.y())));
      }
    }
    return new Table(
        caption,
        List.of(
            new Column.Text("Series"),
            new Column.Text("Label"),
            interval(chart.x()),
            interval(chart.y())),
        rows);
  }

  private static Table bars(
      String caption,
      String categoryTitle,
      List<String> categories,
      Axis value,
      List<Chart.BarSeries> series) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column.Text(categoryTitle));
    for (Chart.BarSeries one : series) {
      columns.add(new Column.Interval(one.name(), value.heading(), value.style()));
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < categories.size(); i++) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(categories.get(i)));
      for (Chart.BarSeries one : series) {
        row.add(Cell.of(one.values().get(i)));
      }
      rows.add(row);
    }
    return new Table(caption, columns, rows);
  }

  private static Table heatMap(String caption, Chart.HeatMap map) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column.Text(map.rowTitle() + " \\ " + map.columnTitle()));
    map.columns()
        .forEach(name -> columns.add(new Column.Numeral(name, "", map.cells().value().style())));
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < map.rows().size(); i++) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(map.rows().get(i)));
      map.cells().values().get(i).forEach(value -> row.add(Cell.of(value.doubleValue())));
      rows.add(row);
    }
    return new Table(caption + ": " + map.cells().value().heading(), columns, rows);
  }

  private static Column interval(Axis axis) {
    return new Column.Interval(axis.title(), axis.unit(), axis.style());
  }
}
