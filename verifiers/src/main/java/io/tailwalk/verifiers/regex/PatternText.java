package io.tailwalk.verifiers.regex;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The characters of a pattern with a cursor. Under flag x the methods skip whitespace and comments
 * exactly where {@code java.util.regex} does, also inside classes and numbers.
 */
final class PatternText {
  /** What {@link #peek} returns behind the last character. */
  static final int END = -1;

  private static final int MAX_SHOWN = 200;
  private static final Pattern NAMED = Pattern.compile("\\(\\?P?<([A-Za-z_][A-Za-z0-9_]*)>");
  private static final Pattern PROPERTY = Pattern.compile("\\\\([pP])\\{([A-Za-z_]+)\\}");

  private final int[] points;
  private int at;
  private int flags;

  private PatternText(String unquoted) {
    this.points = unquoted.codePoints().toArray();
  }

  /**
   * Opens a pattern that {@code java.util.regex} accepts. Groups {@code (?P<name>...)}, and names
   * with an underscore, are read like Java's named groups, and properties by {@link PropertyNames}.
   *
   * @throws IllegalArgumentException in one sentence if the pattern is malformed
   */
  static PatternText of(String pattern) {
    PatternSyntaxException fault = fault(pattern);
    String renamed = fault == null ? pattern : renamed(pattern);
    if (fault != null && fault(renamed) == null) {
      return new PatternText(unquoted(renamed));
    }
    if (fault != null) {
      throw new IllegalArgumentException(
          "bad regex "
              + shown(pattern)
              + " ("
              + lowerFirst(fault.getDescription())
              + where(fault.getIndex()),
          fault);
    }
    return new PatternText(unquoted(pattern));
  }

  private static @Nullable PatternSyntaxException fault(String pattern) {
    try {
      Pattern _ = Pattern.compile(pattern);
      return null;
    } catch (PatternSyntaxException e) {
      return e;
    }
  }

  /** Java's names of groups have no underscore, and no P before them. */
  private static String renamed(String pattern) {
    var out = new StringBuilder();
    Matcher named = NAMED.matcher(pattern);
    Matcher property = PROPERTY.matcher(pattern);
    for (int i = 0; i < pattern.length(); ) {
      if (property.region(i, pattern.length()).lookingAt()) {
        out.append(PropertyNames.javas(property.group(1), property.group(2)));
        i = property.end();
      } else if (pattern.charAt(i) == '\\') {
        out.append(pattern, i, Math.min(i + 2, pattern.length()));
        i += 2;
      } else if (named.region(i, pattern.length()).lookingAt()) {
        out.append("(?<").append(named.group(1).replace("_", "Zu")).append('>');
        i = named.end();
      } else {
        out.append(pattern.charAt(i++));
      }
    }
    return out.toString();
  }

  /** Quoted parts with each of their characters escaped. */
  private static String unquoted(String pattern) {
    var out = new StringBuilder();
    for (int i = 0; i < pattern.length(); ) {
      if (pattern.startsWith("\\Q", i)) {
        int close = pattern.indexOf("\\E", i + 2);
        String quoted = pattern.substring(i + 2, close < 0 ? pattern.length() : close);
        quoted.codePoints().forEach(c -> escape(out, c));
        i = close < 0 ? pattern.length() : close + 2;
      } else {
        int length = pattern.charAt(i) == '\\' ? 2 : 1;
        out.append(pattern, i, Math.min(i + length, pattern.length()));
        i += length;
      }
    }
    return out.toString();
  }

  private static void escape(StringBuilder out, int c) {
    if (c > 127 || Character.isLetter(c)) {
      out.appendCodePoint(c);
    } else if (Character.isDigit(c)) {
      // A digit behind an escape such as \x4 is not part of it.
      out.append("\\x3").appendCodePoint(c);
    } else {
      out.append('\\').appendCodePoint(c);
    }
  }

  /** The pattern for messages: long patterns are truncated. */
  static String shown(String pattern) {
    return pattern.length() <= MAX_SHOWN ? pattern : pattern.substring(0, MAX_SHOWN) + "...";
  }

  private static String lowerFirst(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  private static String where(int index) {
    return index < 0 ? "); fix the pattern" : " at character " + (index + 1) + "); fix the pattern";
  }

  /** The flags in force, as those of {@link Pattern}. */
  int flags() {
    return flags;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  void setFlags(int newFlags) {
    flags = newFlags;
  }

  /** The place of the cursor. */
  int at() {
    return at;
  }

  void moveTo(int place) {
    at = place;
  }

  /** The character at a place; {@link #END} behind the last one. */
  int raw(int place) {
    return place < points.length ? points[place] : END;
  }

  /** The characters from a place up to another one. */
  String text(int from, int to) {
    return new String(points, from, to - from);
  }

  /** The next character that counts; the cursor stops at it. */
  int peek() {
    if (has(Pattern.COMMENTS)) {
      skipIgnored();
    }
    return raw(at);
  }

  /** The next character that counts; the cursor stops behind it. */
  int read() {
    int c = peek();
    at++;
    return c;
  }

  /** Steps over the character at the cursor, and peeks. */
  int next() {
    at++;
    return peek();
  }

  /** Steps over the character at the cursor, and reads one that always counts. */
  int skip() {
    at += 2;
    return raw(at - 1);
  }

  private void skipIgnored() {
    while (at < points.length && (isSpace(points[at]) || points[at] == '#')) {
      if (points[at] == '#') {
        while (at < points.length && !isLineEnd(points[at])) {
          at++;
        }
      } else {
        at++;
      }
    }
  }

  private static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private boolean isLineEnd(int c) {
    return c == '\n'
        || (!has(Pattern.UNIX_LINES) && (c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029));
  }
}
