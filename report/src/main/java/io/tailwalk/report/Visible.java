package io.tailwalk.report;

/**
 * Text made safe to look at. Control characters, which can move a terminal's cursor or vanish from
 * a page, become their pictures, separators of lines and paragraphs a pilcrow; half surrogate pairs
 * become U+FFFD.
 */
final class Visible {
  private static final int PICTURES = 0x2400;
  private static final int DELETE = 0x7F;
  private static final int DELETE_PICTURE = 0x2421;
  private static final int LAST_C1 = 0x9F;
  private static final int LINE_SEPARATOR = 0x2028;
  private static final int PARAGRAPH_SEPARATOR = 0x2029;
  private static final int REPLACEMENT = 0xFFFD;

  private Visible() {}

  /** The text with line feeds and tabs kept. */
  static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> out.appendCodePoint(point == '\n' || point == '\t' ? point : shown(point)));
    return out.toString();
  }

  /** The text on one line: line feeds and tabs become their pictures too. */
  static String onOneLine(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(point -> out.appendCodePoint(shown(point)));
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
            || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    return hidden ? REPLACEMENT : point;
  }
}
