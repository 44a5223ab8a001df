package io.tailwalk.report;

/** One cell of a table, of the kind of its {@link Column}. */
public sealed interface Cell {

  /** Text, possibly from outside; renderers escape it. */
  record Text(String text) implements Cell {}

  /** A number; NaN if unknown. */
  record Numeral(double value) implements Cell {}

  /** A number with its interval. */
  record Interval(Estimate estimate) implements Cell {}

  /** Returns a cell of text. */
  static Cell of(String text) {
    return new Text(text);
  }

  /** Returns a cell with a number. */
  static Cell of(double value) {
    return new Numeral(value);
  }

  /** Returns a cell with a number and its interval. */
  static Cell of(Estimate estimate) {
    return new Interval(estimate);
  }
}
