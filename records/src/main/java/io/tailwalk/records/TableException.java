package io.tailwalk.records;

import java.io.Serial;
import java.nio.file.Path;

/** A file that cannot be read or written; the message is one sentence with place and fix. */
public final class TableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;
  private static final int QUOTE_LIMIT = 80;

  /**
   * An error without a cause.
   *
   * @param sentence one sentence, on one line
   */
  public TableException(String sentence) {
    super(sentence);
  }

  /**
   * An error caused by another failure.
   *
   * @param sentence one sentence, on one line
   * @param cause the underlying failure
   */
  public TableException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** Names a file and its problem. */
  public static TableException in(Path file, String problem, String fix) {
    return new TableException(file + ": " + problem + "; " + fix + ".");
  }

  /** Names a file, a row (line number, from 1) and its problem. */
  public static TableException at(Path file, long row, String problem, String fix) {
    return new TableException(file + ", row " + row + ": " + problem + "; " + fix + ".");
  }

  /** External text for use in a sentence: quoted, one line, at most 80 characters. */
  public static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .limit(QUOTE_LIMIT)
        .forEach(point -> out.appendCodePoint(isPlain(point) ? point : '?'));
    if (text.codePointCount(0, text.length()) > QUOTE_LIMIT) {
      out.append('…');
    }
    return out.append('"').toString();
  }

  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
