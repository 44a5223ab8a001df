package io.tailwalk.verifiers.grammar;

import java.util.ArrayList;
import java.util.Locale;

/** The characters of a GBNF text, and tokens of single characters. */
final class GbnfInput {
  private final String name;
  private final String text;
  private int at;

  GbnfInput(String name, String text) {
    this.name = name;
    this.text = text;
  }

  String name() {
    return name;
  }

  /** A place in the text, for {@link #error(int, String)}. */
  int place() {
    return at;
  }

  IllegalArgumentException error(String what) {
    return error(at, what);
  }

  /** An error at a place, which is named by its line and column, both from 1. */
  IllegalArgumentException error(int place, String what) {
    String before = text.substring(0, Math.min(place, text.length()));
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    String onLine = before.substring(before.lastIndexOf('\n') + 1);
    int column = 1 + onLine.codePointCount(0, onLine.length());
    return new IllegalArgumentException(name + " line " + line + " column " + column + ": " + what);
  }

  boolean atEnd() {
    return at >= text.length();
  }

  boolean atLineEnd() {
    return text.charAt(at) == '\n' || text.charAt(at) == '\r';
  }

  boolean atDigit() {
    return !atEnd() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  String peekText() {
    return Character.toString(text.codePointAt(at));
  }

  boolean take(String word) {
    boolean fits = text.startsWith(word, at);
    at += fits ? word.length() : 0;
    return fits;
  }

  /** Skips whitespace and comments, and line ends if they have no meaning. */
  void skip(boolean lineEnds) {
    while (!atEnd()) {
      char c = text.charAt(at);
      if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (c == ' ' || c == '\t' || (lineEnds && (c == '\n' || c == '\r'))) {
        at++;
      } else {
        return;
      }
    }
  }

  /** A bar, which may also begin the next line. */
  boolean takeBar(boolean inGroup) {
    int before = at;
    skip(true);
    if (take("|")) {
      return true;
    }
    at = inGroup ? at : before;
    return false;
  }

  boolean startsItem() {
    return !atEnd() && ("\"[.(".indexOf(text.charAt(at)) >= 0 || isWord(text.charAt(at)));
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  String word() {
    int from = at;
    while (!atEnd() && isWord(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  /** Whether the next character, after spaces, is a digit. */
  boolean atDigitAfterSpaces() {
    skip(false);
    return atDigit();
  }

  /** The number at a digit, in a repetition. */
  int number() {
    int from = at;
    while (atDigit()) {
      at++;
    }
    String digits = text.substring(from, at);
    String value = digits.replaceFirst("^0+(?=.)", "");
    if (value.length() > 9 || Integer.parseInt(value) > GrammarBuilder.MAX_REPEAT) {
      throw error(
          from,
          String.format(
              Locale.ROOT,
              "a grammar repeats an item at most %,d times; put one repetition inside another,"
                  + " such as (x{1000}){20}",
              GrammarBuilder.MAX_REPEAT));
    }
    return Integer.parseInt(value);
  }

  /** The rest of a text in quotes. */
  String quoted() {
    var out = new StringBuilder();
    while (true) {
      if (atEnd() || atLineEnd()) {
        throw error("a text has an opening \" and no closing one");
      }
      if (take("\"")) {
        return out.toString();
      }
      out.appendCodePoint(character());
    }
  }

  /** The rest of a class in brackets. */
  CodePoints characterClass() {
    boolean without = take("^");
    var ranges = new ArrayList<CodePoints.Range>();
    while (!take("]")) {
      if (atEnd() || atLineEnd()) {
        throw error("a class has an opening [ and no closing ]");
      }
      int first = character();
      int last = first;
      if (text.startsWith("-", at) && !text.startsWith("-]", at)) {
        at++;
        if (atEnd() || atLineEnd()) {
          throw error("a class has an opening [ and no closing ]");
        }
        last = character();
      }
      if (last < first) {
        throw error("a class has a range that goes backwards");
      }
      ranges.add(new CodePoints.Range(first, last));
    }
    CodePoints set = CodePoints.of(ranges);
    return without ? set.complement() : set;
  }

  private int character() {
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    if (c != '\\') {
      return c;
    }
    if (atEnd()) {
      throw error("a backslash is at the end");
    }
    char escaped = text.charAt(at++);
    return switch (escaped) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      case 'U' -> hex(8);
      default -> {
        // Punctuation may be escaped; an escaped letter or digit would mean something elsewhere.
        if (escaped < ' ' || escaped > '~' || Character.isLetterOrDigit(escaped)) {
          at -= 2;
          throw error(
              "\\"
                  + (escaped < ' ' ? ' ' : escaped)
                  + " is not an escape; write \\\\ for a backslash, and a class such as [0-9]"
                  + " for a set of characters");
        }
        yield escaped;
      }
    };
  }

  private int hex(int digits) {
    try {
      int value = Integer.parseInt(text.substring(at, at + digits), 16);
      at += digits;
      if (value >= 0 && value <= Character.MAX_CODE_POINT) {
        return value;
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          error("an escape needs " + digits + " hexadecimal digits").getMessage(), e);
    }
    throw error("an escape is not a Unicode character");
  }
}
