package io.tailwalk.chat.jinja;

/** String literals, with Python's escapes. */
final class StringLiteral {
  private static final String ESCAPED = "\\'\"abfnrtv";
  private static final String MEANING = "\\'\"\u0007\b\f\n\r\t\u000b";

  private StringLiteral() {}

  /** The place behind the closing quote of a literal that begins at a place. */
  static int end(String source, int from, int line) {
    char quote = source.charAt(from);
    int place = from + 1;
    while (place < source.length()) {
      char c = source.charAt(place);
      if (c == quote) {
        return place + 1;
      }
      place += c == '\\' ? 2 : 1;
    }
    throw new TemplateFault("a string has no end", line);
  }

  /** The characters that a literal means, given without its quotes. */
  static String meaning(String text, int line) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    var meaning = new StringBuilder(text.length());
    int place = 0;
    while (place < text.length()) {
      char c = text.charAt(place++);
      if (c != '\\' || place == text.length()) {
        meaning.append(c);
        continue;
      }
      char next = text.charAt(place++);
      int digits = next == 'x' ? 2 : next == 'u' ? 4 : next == 'U' ? 8 : 0;
      int known = ESCAPED.indexOf(next);
      if (known >= 0) {
        meaning.append(MEANING.charAt(known));
      } else if (digits > 0) {
        meaning.appendCodePoint(codePoint(text, place, digits, line));
        place += digits;
      } else if (next >= '0' && next <= '7') {
        int to = place;
        while (to < text.length() && to < place + 2 && "01234567".indexOf(text.charAt(to)) >= 0) {
          to++;
        }
        meaning.append((char) Integer.parseInt(text.substring(place - 1, to), 8));
        place = to;
      } else if (next != '\n') {
        // Python keeps the backslash of an escape that it does not know.
        meaning.append('\\').append(next);
      }
    }
    return meaning.toString();
  }

  private static int codePoint(String text, int from, int digits, int line) {
    try {
      int point = Integer.parseInt(text.substring(from, from + digits), 16);
      if (Character.isValidCodePoint(point)) {
        return point;
      }
    } catch (IndexOutOfBoundsException | NumberFormatException _) {
      // Falls through to the one sentence.
    }
    throw new TemplateFault("a string has an incomplete escape", line);
  }
}
