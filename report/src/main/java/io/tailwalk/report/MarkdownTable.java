package io.tailwalk.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table as Markdown (the pipe tables of GitHub). */
public final class MarkdownTable {
  private static final String MARKUP = "\\`*_[]<>#|~&$";

  private MarkdownTable() {}

  /**
   * Renders a table without its caption.
   *
   * @param table the table
   * @return lines, each ending in a line break
   */
  public static String render(Table table) {
    List<String> rules = new ArrayList<>();
    table.columns().forEach(column -> rules.add(column.isNumeric() ? "---:" : "---"));
    StringBuilder out = new StringBuilder(row(escaped(table.headings()))).append(row(rules));
    table.rows().forEach(cells -> out.append(row(escaped(table.texts(cells)))));
    return out.toString();
  }

  /** Text from outside on one line of Markdown, escaped so that it contains no markup. */
  public static String escape(String text) {
    return escape(text, Visible.TEXT);
  }

  private static String escape(String text, int most) {
    String line = Visible.onOneLine(text, most);
    StringBuilder out = new StringBuilder(line.length() + 8);
    line.codePoints()
        .forEach(point -> {
          if (MARKUP.indexOf(point) >= 0) {
            out.append('\\');
          }
          out.appendCodePoint(point);
        });
    return out.toString();
  }

  private static List<String> escaped(List<String> texts) {
    return texts.stream().map(text -> escape(text, Visible.CELL)).toList();
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
