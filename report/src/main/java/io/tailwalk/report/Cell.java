package io.tailwalk.report;

/** One cell of a table; its kind is that of its {@link Column}. */
public sealed interface Cell {

  /** Words from anywhere; renderers escape them. */
  record Text(String text) implements Cell {}

  /** A number; NaN where not known. */
  record Numeral(double value) implements Cell {}

  /** A number with its interval. */
  record Interval(Estimate estimate) implements Cell {}

  /** Words. */
  static Cell of(String text) {
    return new Text(text);
  }

  /** A number. */
  static Cell of(double value) {
    return new Numeral(value);
  }

  /** A number with its interval. */
  static Cell of(Estimate estimate) {
    return new Interval(estimate);
  }
}
