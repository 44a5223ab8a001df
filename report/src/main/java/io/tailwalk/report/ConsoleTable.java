package io.tailwalk.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table for a terminal: aligned columns, numbers to the right, nothing wider than the window.
 * Columns of text are narrowed first; if that is not enough, each row is written as a small list.
 */
public final class ConsoleTable {
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";
  private static final int GAP = 2;
  private static final int NARROWEST_WORDS = 8;

  private ConsoleTable() {}

  /**
   * Renders a table without its caption.
   *
   * @param table the table; escape sequences in its text are made harmless
   * @param width width of the window, in columns
   * @param colour whether headings may be highlighted by escape sequences; pass false unless the
   *     output is a terminal
   * @return lines without trailing spaces, each ending in a line break
   */
  public static String render(Table table, int width, boolean colour) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(onOneLine(table.headings()));
    table.rows().forEach(row -> lines.add(onOneLine(table.texts(row))));
    int[] widths = widths(lines);
    shrink(table, widths, width);
    return total(widths) <= width
        ? aligned(table, lines, widths, colour)
        : listed(lines, Math.max(width, Printable.NAME), colour);
  }

  private static String aligned(
      Table table, List<List<String>> lines, int[] widths, boolean colour) {
    StringBuilder out = new StringBuilder();
    for (int row = 0; row < lines.size(); row++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String text = TextWidth.cut(lines.get(row).get(i), widths[i]);
        String blank = " ".repeat(widths[i] - TextWidth.of(text));
        line.append(table.columns().get(i).isNumeric() ? blank + text : text + blank);
        line.append(" ".repeat(GAP));
      }
      heading(out, line.toString().stripTrailing(), colour && row == 0);
      if (row == 0) {
        out.append("─".repeat(total(widths))).append('\n');
      }
    }
    return out.toString();
  }

  // One long name must not fill the screen, so every text is cut.
  private static String listed(List<List<String>> lines, int most, boolean colour) {
    StringBuilder out = new StringBuilder();
    List<String> headings = cut(lines.getFirst(), Printable.NAME);
    for (List<String> whole : lines.subList(1, lines.size())) {
      List<String> row = cut(whole, most);
      heading(out, headings.getFirst() + ": " + row.getFirst(), colour);
      for (int i = 1; i < row.size(); i++) {
        out.append("  ").append(headings.get(i)).append(": ").append(row.get(i)).append('\n');
      }
    }
    return out.toString();
  }

  private static void heading(StringBuilder out, String line, boolean bold) {
    out.append(bold ? BOLD + line + PLAIN : line).append('\n');
  }

  private static List<String> cut(List<String> texts, int most) {
    return texts.stream().map(text -> TextWidth.cut(text, most)).toList();
  }

  private static List<String> onOneLine(List<String> texts) {
    return texts.stream().map(Visible::onOneLine).toList();
  }

  private static int[] widths(List<List<String>> lines) {
    int[] widths = new int[lines.getFirst().size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], TextWidth.of(line.get(i)));
      }
    }
    return widths;
  }

  // The widest column of text is narrowed by one position at a time, so that several columns share
  // the loss.
  private static void shrink(Table table, int[] widths, int width) {
    while (total(widths) > width) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        boolean words = !table.columns().get(i).isNumeric() && widths[i] > NARROWEST_WORDS;
        if (words && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
    }
  }

  private static int total(int[] widths) {
    int total = -GAP;
    for (int width : widths) {
      total += width + GAP;
    }
    return total;
  }
}
