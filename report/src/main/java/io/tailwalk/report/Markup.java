package io.tailwalk.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML in which text is always escaped and limited in length, except in {@link #raw}, and in
 * which elements are properly nested.
 */
final class Markup {
  /** Elements that may contain more than one line. */
  private static final Set<String> LONG = Set.of("pre", "p", "figcaption");

  private static final Set<String> CELLS = Set.of("td", "th");

  private final StringBuilder out = new StringBuilder(1 << 16);
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; attributes are alternating names and values. */
  Markup open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1], Visible.LINE);
      out.append('"');
    }
    out.append('>');
    open.push(tag);
    return this;
  }

  /** Closes the element opened last. */
  Markup close() {
    out.append("</").append(open.pop()).append(">");
    return this;
  }

  /** Closes the element opened last and ends the line. */
  Markup end() {
    close();
    out.append('\n');
    return this;
  }

  /** Writes an element that contains only text. */
  Markup element(String tag, String text, String... attributes) {
    open(tag, attributes);
    escape(
        text,
        LONG.contains(tag) ? Visible.TEXT : CELLS.contains(tag) ? Visible.CELL : Visible.LINE);
    return close();
  }

  /** Writes a line of text, possibly from outside. */
  Markup text(String text) {
    escape(text, Visible.LINE);
    return this;
  }

  /** Writes trusted markup unchanged. */
  Markup raw(String trusted) {
    out.append(trusted);
    return this;
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return out.toString();
  }

  private void escape(String text, int most) {
    Visible.of(text, most)
        .codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(point);
          }
        });
  }
}
