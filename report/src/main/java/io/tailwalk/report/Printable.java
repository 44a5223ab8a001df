package io.tailwalk.report;

/**
 * Text from outside made fit for a terminal: nothing in it can move the cursor, change colours or
 * turn the direction of other text, and what is too long is cut off with a note of how much.
 */
public final class Printable {
  private Printable() {}

  /**
   * The text with every line after the first one indented, tabs kept, and other control characters
   * replaced by their pictures.
   */
  public static String indented(String text, String indent) {
    return Visible.of(text.replace("\r\n", "\n")).replace("\n", "\n" + indent);
  }

  /**
   * A whole message, whose parts may be {@link #indented} before: safe as those are, with room for
   * several of them.
   */
  public static String message(String text) {
    return Visible.of(text, 10 * Visible.TEXT);
  }

  /** The text on one line, line breaks and tabs replaced by their pictures too. */
  public static String onOneLine(String text) {
    return Visible.onOneLine(text);
  }
}
