package io.tailwalk.report;

import java.util.Locale;

/**
 * Makes text safe to display; all text from outside passes through this class. Control characters,
 * which can move a terminal's cursor or disappear from a page, are replaced by their pictures, and
 * separators of lines and paragraphs by a pilcrow; characters that reverse the direction of the
 * surrounding text and unpaired surrogates become U+FFFD. Text beyond a limit is omitted, with a
 * note of its length.
 */
final class Visible {
  /** Maximum number of characters of a text of many lines, such as a completion. */
  static final int TEXT = 20_000;

  /** Maximum number of characters of a text on one line, such as a sentence. */
  static final int LINE = 2_000;

  /** Maximum number of characters of a cell of a table on a page. */
  static final int CELL = 400;

  /** Maximum number of characters of a name in a chart, where the name is repeated and measured. */
  static final int NAME = 200;

  private static final int PICTURES = 0x2400;
  private static final int DELETE = 0x7F;
  private static final int DELETE_PICTURE = 0x2421;
  private static final int LAST_C1 = 0x9F;
  private static final int LINE_SEPARATOR = 0x2028;
  private static final int PARAGRAPH_SEPARATOR = 0x2029;
  private static final int REPLACEMENT = 0xFFFD;

  private Visible() {}

  /** The text with line feeds and tabs unchanged. */
  static String of(String text) {
    return of(text, TEXT);
  }

  /** The text with line feeds and tabs unchanged, and at most the given number of characters. */
  static String of(String text, int most) {
    return shown(text, most, true);
  }

  /** The text on one line: line feeds and tabs are also replaced by their pictures. */
  static String onOneLine(String text) {
    return onOneLine(text, LINE);
  }

  /** The text on one line, with at most the given number of characters. */
  static String onOneLine(String text, int most) {
    return shown(text, most, false);
  }

  // Stops at the limit, so that the rest of a long text costs only the counting of its length.
  private static String shown(String text, int most, boolean lines) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), most) + 16);
    int at = 0;
    for (int count = 0; at < text.length() && count < most; count++) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      boolean kept = lines && (point == '\n' || point == '\t');
      out.appendCodePoint(kept ? point : shown(point));
    }
    if (at < text.length()) {
      int left = text.codePointCount(at, text.length());
      out.append(
          String.format(Locale.ROOT, "… (%,d more character%s)", left, left == 1 ? "" : "s"));
    }
    return out.toString();
  }

  private static int shown(int point) {
    if (point < ' ') {
      return PICTURES + point;
    }
    if (point == DELETE) {
      return DELETE_PICTURE;
    }
    if (point == LINE_SEPARATOR || point == PARAGRAPH_SEPARATOR) {
      return '¶';
    }
    boolean hidden =
        (point > DELETE && point <= LAST_C1)
            || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
            || turns(point);
    return hidden ? REPLACEMENT : point;
  }

  /** The characters of Unicode's property Bidi_Control. */
  private static boolean turns(int point) {
    return point == 0x061C
        || point == 0x200E
        || point == 0x200F
        || (point >= 0x202A && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069);
  }
}
