package io.tailwalk.report;

/**
 * Text from a model made fit for a terminal: nothing in it can move the cursor or change colours.
 */
public final class Printable {
  private static final int CONTROL_PICTURES = 0x2400;
  private static final int DELETE = 0x7F;
  private static final int LAST_C1 = 0x9F;

  private Printable() {}

  /**
   * The text with every line after the first one indented, tabs kept, and other control characters
   * replaced by their pictures.
   */
  public static String indented(String text, String indent) {
    var shown = new StringBuilder(text.length() + 16);
    text.replace("\r\n", "\n")
        .codePoints()
        .forEach(point -> {
          if (point == '\n') {
            shown.append('\n').append(indent);
          } else if (point == '\t') {
            shown.append('\t');
          } else {
            shown.appendCodePoint(visible(point));
          }
        });
    return shown.toString();
  }

  private static int visible(int point) {
    if (point < ' ') {
      return CONTROL_PICTURES + point;
    }
    return point >= DELETE && point <= LAST_C1 ? 0xFFFD : point;
  }
}
