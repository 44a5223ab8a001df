package io.tailwalk.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Rows of typed cells.
 *
 * @param caption what it shows, a sentence
 * @param columns at least one
 * @param rows each with one cell a column, of the column's kind
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
   * @param caption what it shows, a sentence
   * @param rows what its rows are about, in order
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

  /** The headings of the columns. */
  List<String> headings() {
    return columns.stream().map(Column::heading).toList();
  }
}
