package io.tailwalk.report;

/** What one column of a table holds and how it is printed. */
public sealed interface Column {

  /** What stands above it. */
  String title();

  /** The unit of its numbers; empty where there is none. */
  String unit();

  /** The title with its unit in parentheses, if it has one. */
  default String heading() {
    return unit().isEmpty() ? title() : title() + " (" + unit() + ")";
  }

  /** Whether its cells stand at the right edge. */
  default boolean isNumeric() {
    return !(this instanceof Text);
  }

  /** The kind of column as a word of the JSON form. */
  default String kind() {
    return switch (this) {
      case Text _ -> "text";
      case Numeral _ -> "number";
      case Interval _ -> "interval";
    };
  }

  /** The text of a cell in this column. */
  default String format(Cell cell) {
    return switch (this) {
      case Text _ when cell instanceof Cell.Text(String text) -> text;
      case Numeral number when cell instanceof Cell.Numeral(double value) ->
          number.style().format(value);
      case Interval interval when cell instanceof Cell.Interval(Estimate estimate) ->
          interval.style().format(estimate);
      default -> throw new IllegalArgumentException(cell + " does not fit column " + title());
    };
  }

  /**
   * Words.
   *
   * @param title what stands above it
   */
  record Text(String title) implements Column {
    @Override
    public String unit() {
      return "";
    }
  }

  /**
   * Numbers.
   *
   * @param title what stands above it
   * @param unit such as {@code tokens}; empty where there is none
   * @param style how they are printed
   */
  record Numeral(String title, String unit, NumberStyle style) implements Column {}

  /**
   * Estimates with intervals.
   *
   * @param title what stands above it
   * @param unit such as {@code nats}; empty where there is none
   * @param style how they are printed
   */
  record Interval(String title, String unit, NumberStyle style) implements Column {}
}
