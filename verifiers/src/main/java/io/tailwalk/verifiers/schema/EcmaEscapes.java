package io.tailwalk.verifiers.schema;

import java.util.function.IntConsumer;

/** The escapes and classes of a pattern, as sets of characters. */
final class EcmaEscapes {
  private final String source;
  private int at;

  /**
   * Reads a pattern from a place.
   *
   * @param at the index after the backslash or opening bracket
   */
  EcmaEscapes(String source, int at) {
    this.source = source;
    this.at = at;
  }

  private IllegalArgumentException malformed(String what) {
    return new IllegalArgumentException(
        "the pattern " + Library.shown(source) + " is malformed: " + what + "; fix it");
  }

  /** The characters of an escape; the index after it is handed over. */
  CharSet escape(IntConsumer end) {
    CharSet set = escaped();
    end.accept(at);
    return set;
  }

  private CharSet escaped() {
    if (at >= source.length()) {
      throw malformed("it ends with a backslash");
    }
    int c = source.codePointAt(at);
    at += Character.charCount(c);
    return switch (c) {
      case 'd' -> CharSet.DIGITS;
      case 'D' -> CharSet.DIGITS.not();
      case 'w' -> CharSet.WORD;
      case 'W' -> CharSet.WORD.not();
      case 's' -> CharSet.SPACES;
      case 'S' -> CharSet.SPACES.not();
      case 'p', 'P' -> property(c == 'P');
      case 'n' -> one('\n');
      case 'r' -> one('\r');
      case 't' -> one('\t');
      case 'v' -> one(0x0B);
      case 'f' -> one('\f');
      case '0' -> one(0);
      case 'x' -> one(hex(2, c));
      case 'u' -> one(unicode());
      case 'c' -> control();
      default -> one(c);
    };
  }

  private static CharSet one(int c) {
    return CharSet.of(c, c);
  }

  private CharSet control() {
    char c = at < source.length() ? source.charAt(at) : 0;
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    at += letter ? 1 : 0;
    return letter ? one(c & 0x1F) : one('c');
  }

  private CharSet property(boolean negated) {
    int close = source.indexOf('}', at);
    if (at >= source.length() || source.charAt(at) != '{' || close < 0) {
      return one(negated ? 'P' : 'p');
    }
    String name = source.substring(at + 1, close);
    at = close + 1;
    try {
      CharSet set = CharSet.property(name);
      return negated ? set.not() : set;
    } catch (java.util.regex.PatternSyntaxException e) {
      throw malformed("the property " + Library.shown(name) + " is unknown");
    }
  }

  /** The value of some hexadecimal digits, or the letter itself if they do not follow. */
  private int hex(int digits, int otherwise) {
    int end = at + digits;
    if (end > source.length() || !source.substring(at, end).matches("[0-9A-Fa-f]+")) {
      return otherwise;
    }
    int value = Integer.parseInt(source.substring(at, end), 16);
    at = end;
    return value;
  }

  private int unicode() {
    int close = source.indexOf('}', at);
    if (source.startsWith("{", at) && close > at + 1 && close < at + 9) {
      String digits = source.substring(at + 1, close);
      if (digits.matches("[0-9A-Fa-f]+") && Integer.parseInt(digits, 16) < CharSet.END) {
        at = close + 1;
        return Integer.parseInt(digits, 16);
      }
    }
    int first = hex(4, 'u');
    if (first >= 0xD800 && first < 0xDC00 && source.startsWith("\\u", at)) {
      int before = at;
      at += 2;
      int second = hex(4, 0);
      if (second >= 0xDC00 && second < 0xE000) {
        return Character.toCodePoint((char) first, (char) second);
      }
      at = before;
    }
    return first;
  }

  /** The characters of a class; the index after its closing bracket is handed over. */
  CharSet characterClass(IntConsumer end) {
    boolean negated = source.startsWith("^", at);
    at += negated ? 1 : 0;
    CharSet all = CharSet.NONE;
    while (at < source.length() && source.charAt(at) != ']') {
      CharSet first = member();
      boolean range = source.startsWith("-", at) && !source.startsWith("-]", at);
      if (!range || at + 1 >= source.length()) {
        all = all.or(first);
        continue;
      }
      at++;
      CharSet last = member();
      if (isOne(first) && isOne(last)) {
        if (first.bounds()[0] > last.bounds()[0]) {
          throw malformed("a class has a range that goes backwards");
        }
        all = all.or(CharSet.of(first.bounds()[0], last.bounds()[0]));
      } else {
        all = all.or(first).or(last).or(one('-'));
      }
    }
    if (at >= source.length()) {
      throw malformed("a class is not closed");
    }
    end.accept(at + 1);
    return negated ? all.not() : all;
  }

  private static boolean isOne(CharSet set) {
    return set.bounds().length == 2 && set.bounds()[1] == set.bounds()[0] + 1;
  }

  private CharSet member() {
    int c = source.codePointAt(at);
    at += Character.charCount(c);
    if (c != '\\') {
      return one(c);
    }
    if (source.startsWith("b", at)) {
      at++;
      return one('\b');
    }
    return escaped();
  }
}
