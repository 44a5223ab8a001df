package io.tailwalk.report;

/** The content of one column of a table and how it is printed. */
public sealed interface Column {

  /** The title of the column. */
  String title();

  /** The unit of the numbers; empty if there is none. */
  String unit();

  /** The title with its unit in parentheses, if it has one. */
  default String heading() {
    return unit().isEmpty() ? title() : title() + " (" + unit() + ")";
  }

  /** Whether the cells are aligned to the right. */
  default boolean isNumeric() {
    return !(this instanceof Text);
  }

  /** The kind of the column in the JSON form. */
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
   * A column of text.
   *
   * @param title title of the column
   */
  record Text(String title) implements Column {
    @Override
    public String unit() {
      return "";
    }
  }

  /**
   * A column of numbers.
   *
   * @param title title of the column
   * @param unit unit such as {@code tokens}; empty if there is none
   * @param style style of the numbers
   */
  record Numeral(String title, String unit, NumberStyle style) implements Column {}

  /**
   * A column of estimates with intervals.
   *
   * @param title title of the column
   * @param unit unit such as {@code nats}; empty if there is none
   * @param style style of the numbers
   */
  record Interval(String title, String unit, NumberStyle style) implements Column {}
}
