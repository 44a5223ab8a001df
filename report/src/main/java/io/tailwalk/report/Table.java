package io.tailwalk.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Rows of typed cells.
 *
 * @param caption one sentence about the table
 * @param columns columns, at least one
 * @param rows rows, each with one cell per column, of the kind of the column
 */
public record Table(String caption, List<Column> columns, List<List<Cell>> rows) implements Block {
  /** Copies the rows and refuses cells that do not fit their columns. */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a table needs a column");
    }
    for (List<Cell> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row has " + row.size() + " cells for " + columns.size() + " columns");
      }
      for (int i = 0; i < row.size(); i++) {
        columns.get(i).format(row.get(i));
      }
    }
  }

  /**
   * Begins a table whose columns are declared one by one.
   *
   * @param caption one sentence about the table
   * @param rows the objects that the rows describe, in order
   */
  public static <R> TableBuilder<R> of(String caption, Collection<? extends R> rows) {
    return new TableBuilder<>(caption, rows);
  }

  /** The cells of a row as text. */
  List<String> texts(List<Cell> row) {
    List<String> texts = new ArrayList<>(row.size());
    for (int i = 0; i < row.size(); i++) {
      texts.add(columns.get(i).format(row.get(i)));
    }
    return texts;
  }

  /**
   * The index of the column that a narrow window shows next to the first: the first estimate,
   * otherwise the first number after the first column, otherwise the second column; -1 if there is
   * only one column.
   */
  int mainColumn() {
    return firstBehind(column -> column instanceof Column.Interval)
        .orElseGet(() -> firstBehind(Column::isNumeric).orElse(columns.size() > 1 ? 1 : -1));
  }

  private OptionalInt firstBehind(Predicate<Column> kind) {
    return IntStream.range(1, columns.size()).filter(i -> kind.test(columns.get(i))).findFirst();
  }

  /** The headings of the columns. */
  List<String> headings() {
    return columns.stream().map(Column::heading).toList();
  }
}
