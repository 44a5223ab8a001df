package io.tailwalk.report;

import java.util.List;

/** The data of a chart, by kind. */
public sealed interface Chart {

  /**
   * Curves, with a band if their points have intervals.
   *
   * @param x horizontal axis
   * @param y vertical axis
   * @param series the curves, with distinct names
   */
  record Lines(Axis x, Axis y, List<Line> series) implements Chart {
    /** Copies the curves. */
    public Lines {
      series = List.copyOf(series);
      requireDistinct(series.stream().map(Line::name).toList());
    }
  }

  /**
   * One curve.
   *
   * @param name name in the legend
   * @param dashed whether the curve is a reference rather than a measurement
   * @param points by ascending x
   */
  record Line(String name, boolean dashed, List<LinePoint> points) {
    /** Copies the points. */
    public Line {
      points = List.copyOf(points);
    }

    /** Returns a vertical dashed line from 0 that marks a position. */
    public static Line upright(String name, double x, double top) {
      return new Line(
          name,
          true,
          List.of(new LinePoint(x, Estimate.exactly(0)), new LinePoint(x, Estimate.exactly(top))));
    }
  }

  /** A point of a curve. */
  record LinePoint(double x, Estimate y) {}

  /**
   * Points with labels, and bars for their intervals.
   *
   * @param x horizontal axis
   * @param y vertical axis
   * @param series groups of points, with distinct names
   */
  record Scatter(Axis x, Axis y, List<Cloud> series) implements Chart {
    /** Copies the groups. */
    public Scatter {
      series = List.copyOf(series);
      requireDistinct(series.stream().map(Cloud::name).toList());
    }
  }

  /** A group of points under one name. */
  record Cloud(String name, List<LabelledPoint> points) {
    /** Copies the points. */
    public Cloud {
      points = List.copyOf(points);
    }
  }

  /** A point with a label, which may be empty. */
  record LabelledPoint(String label, Estimate x, Estimate y) {}

  /**
   * Horizontal bars from zero, with intervals.
   *
   * @param categoryTitle meaning of the categories
   * @param categories names, from the top down
   * @param value the measured quantity; its scale must be linear
   * @param series series with distinct names, each with one bar per category
   */
  record Bars(String categoryTitle, List<String> categories, Axis value, List<BarSeries> series)
      implements Chart {
    /** Copies the series; refuses a series that omits a category, and a logarithmic scale. */
    public Bars {
      categories = List.copyOf(categories);
      series = List.copyOf(series);
      requireSeries(categories, series);
      if (value.scale() != Axis.Scale.LINEAR) {
        throw new IllegalArgumentException("bars start at zero and need a linear scale; use dots");
      }
    }
  }

  /**
   * Dots with intervals, by category; the dots of one category are side by side.
   *
   * @param categoryTitle meaning of the categories
   * @param categories names, from the top down
   * @param value the measured quantity
   * @param series series with distinct names, each with one dot per category
   */
  record Dots(String categoryTitle, List<String> categories, Axis value, List<BarSeries> series)
      implements Chart {
    /** Copies the series and refuses a series that omits a category. */
    public Dots {
      categories = List.copyOf(categories);
      series = List.copyOf(series);
      requireSeries(categories, series);
    }
  }

  /** Bars or dots under one name, one value per category; NaN omits a value. */
  record BarSeries(String name, List<Estimate> values) {
    /** Copies the values. */
    public BarSeries {
      values = List.copyOf(values);
    }
  }

  /**
   * A matrix as colours.
   *
   * @param columnTitle meaning of the columns
   * @param columns names, from left to right
   * @param rowTitle meaning of the rows
   * @param rows names, from the top down
   * @param cells the values
   */
  record HeatMap(
      String columnTitle, List<String> columns, String rowTitle, List<String> rows, Cells cells)
      implements Chart {
    /** Copies the names and refuses a matrix of another shape. */
    public HeatMap {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      requireCount(cells.values().size(), rows.size());
      for (List<Double> row : cells.values()) {
        requireCount(row.size(), columns.size());
      }
    }
  }

  /**
   * The values of a heat map.
   *
   * @param value the quantity; its scale must be linear
   * @param values values by row, then column; NaN omits a cell
   */
  record Cells(Axis value, List<List<Double>> values) {
    /** Copies the values and refuses a logarithmic scale. */
    public Cells {
      values = values.stream().map(List::copyOf).toList();
      if (value.scale() != Axis.Scale.LINEAR) {
        throw new IllegalArgumentException("the colours of a heat map need a linear scale");
      }
    }
  }

  private static void requireDistinct(List<String> names) {
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException("series names are not distinct: " + names);
    }
  }

  private static void requireSeries(List<String> categories, List<BarSeries> series) {
    requireDistinct(series.stream().map(BarSeries::name).toList());
    for (BarSeries one : series) {
      requireCount(one.values().size(), categories.size());
    }
  }

  private static void requireCount(int found, int wanted) {
    if (found != wanted) {
      throw new IllegalArgumentException(found + " values for " + wanted + " names");
    }
  }
}
