package io.tailwalk.report;

/**
 * Text from outside made safe for a terminal: it cannot move the cursor, change colours or reverse
 * the direction of other text; text beyond a limit is cut off with a note of its length.
 */
public final class Printable {
  /** Maximum number of terminal columns of a {@link #name}. */
  static final int NAME = 80;

  private Printable() {}

  /**
   * The text with every line after the first indented, tabs unchanged, and other control characters
   * replaced by their pictures.
   */
  public static String indented(String text, String indent) {
    return Visible.of(text.replace("\r\n", "\n")).replace("\n", "\n" + indent);
  }

  /**
   * A complete message, whose parts may already be {@link #indented}: equally safe, with a limit
   * that fits several parts.
   */
  public static String message(String text) {
    return Visible.of(text, 10 * Visible.TEXT);
  }

  /**
   * A sentence for a terminal, whose parts may be names from outside: equally safe, with the limit
   * of a line.
   */
  public static String sentence(String text) {
    return Visible.of(text, Visible.LINE);
  }

  /** A name from outside for use in a sentence: on one line, at most 80 columns wide. */
  public static String name(String text) {
    return TextWidth.cut(Visible.onOneLine(text, Visible.NAME), NAME);
  }

  /** The text on one line, with line breaks and tabs also replaced by their pictures. */
  public static String onOneLine(String text) {
    return Visible.onOneLine(text);
  }
}
