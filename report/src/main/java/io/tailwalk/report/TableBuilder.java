package io.tailwalk.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Builds a {@link Table}: each column is declared once, with the function that extracts its cell
 * from a row. Columns appear in the order of their declaration; for an unknown number or estimate,
 * an extractor returns NaN or {@link Estimate#UNKNOWN}.
 *
 * @param <R> type of the objects that the rows describe
 */
public final class TableBuilder<R> {
  private final String caption;
  private final List<R> rows;
  private final List<Column> columns = new ArrayList<>();
  private final List<Function<? super R, Cell>> cells = new ArrayList<>();

  TableBuilder(String caption, Collection<? extends R> rows) {
    this.caption = caption;
    this.rows = List.copyOf(rows);
  }

  /** Adds a column of text. */
  public TableBuilder<R> text(String title, Function<? super R, String> words) {
    return add(new Column.Text(title), row -> Cell.of(words.apply(row)));
  }

  /** Adds a column of numbers without a unit. */
  public TableBuilder<R> number(
      String title, NumberStyle style, ToDoubleFunction<? super R> number) {
    return number(title, "", style, number);
  }

  /** Adds a column of numbers. */
  public TableBuilder<R> number(
      String title, String unit, NumberStyle style, ToDoubleFunction<? super R> number) {
    return add(new Column.Numeral(title, unit, style), row -> Cell.of(number.applyAsDouble(row)));
  }

  /** Adds a column of whole numbers without a unit. */
  public TableBuilder<R> whole(String title, ToDoubleFunction<? super R> number) {
    return whole(title, "", number);
  }

  /** Adds a column of whole numbers. */
  public TableBuilder<R> whole(String title, String unit, ToDoubleFunction<? super R> number) {
    return number(title, unit, NumberStyle.integer(), number);
  }

  /** Adds a column of estimates with intervals, without a unit. */
  public TableBuilder<R> interval(
      String title, NumberStyle style, Function<? super R, Estimate> estimate) {
    return interval(title, "", style, estimate);
  }

  /** Adds a column of estimates with intervals. */
  public TableBuilder<R> interval(
      String title, String unit, NumberStyle style, Function<? super R, Estimate> estimate) {
    return add(new Column.Interval(title, unit, style), row -> Cell.of(estimate.apply(row)));
  }

  /**
   * Adds columns for each item of a list, such as samplers.
   *
   * @param things items in the order of their columns
   * @param column adds the columns of one item
   */
  public <T> TableBuilder<R> each(
      Iterable<T> things, BiConsumer<TableBuilder<R>, ? super T> column) {
    things.forEach(thing -> column.accept(this, thing));
    return this;
  }

  /** Returns the table. */
  public Table build() {
    return new Table(
        caption,
        columns,
        rows.stream().map(row -> cells.stream().map(cell -> cell.apply(row)).toList()).toList());
  }

  private TableBuilder<R> add(Column column, Function<? super R, Cell> cell) {
    columns.add(column);
    cells.add(cell);
    return this;
  }
}
