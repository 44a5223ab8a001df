package io.tailwalk.verifiers.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers and formulas in prose. */
final class Quantities {
  private static final String DIGITS =
      "(?:\\d{1,3}(?:,\\d{3})++(?!\\d)|[1-9]\\d{0,2}(?: \\d{3})++(?![\\d,.])|\\d++)";
  private static final String NUMBER =
      "(?:" + DIGITS + "(?:[.,]\\d++)?(?:[eE][+-]?\\d{1,4}(?!\\w))?|\\.\\d++)";
  private static final String PERCENT = "(?:\\s*(?:\\\\?%|(?i:percentage|percent|pct)\\b))?";
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<![\\w.\\\\,/])(?:(?<![\\w)])(?<![\\d)] )[+\\u2212-])?\\\\?[$\u20ac\u00a3\u20b9]?(?:\\d++ (?=\\d++/\\d))?"
              + NUMBER
              + "(?: ?/ ?\\d++|(?::|[-*\\u00d7^\\u2013+]| [-*\\u00d7\\u00f7\\u00b7\\u2212+] )"
              + NUMBER
              + "){0,60}+"
              + PERCENT);

  /** A tuple or interval of numbers; the arguments of a function are none. */
  private static final Pattern TUPLE =
      Pattern.compile(
          "(?<![\\w\\\\}])[(\\[] ?[+-]?" + NUMBER + "(?:, ?[+-]?" + NUMBER + "){1,9}+ ?[)\\]]");

  private static final Pattern WORDS = Pattern.compile("[a-z]{2,} [a-z]{2,}");
  private static final Pattern JOINT =
      Pattern.compile("(?:\\s|,)*+(?:(?:and|or)\\b\\s*+)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern AFTER = Pattern.compile("^" + PERCENT);
  private static final Pattern LETTERS = Pattern.compile("[a-zA-Z]++");
  private static final String[][] DELIMITERS = {
    {"$$", "$$"}, {"\\[", "\\]"}, {"\\(", "\\)"}, {"$", "$"},
  };

  /** A fraction of two digits without braces. */
  private static final Pattern DIGIT_FRACTION = Pattern.compile("\\\\d?frac\\s*+\\d\\s?\\d");

  private static final int MAX_FORMULA = 3_000;

  private Quantities() {}

  /**
   * A quantity and where it is.
   *
   * @param formula whether it is between delimiters
   */
  record Span(int from, int to, Statement statement, boolean formula) {}

  /** The quantities of a text in their order; formulas joined by "and", "or" or a comma are one. */
  static List<Span> in(String text) {
    List<Span> spans = new ArrayList<>();
    int at = 0;
    Matcher token = TOKEN.matcher(text);
    Matcher tuple = TUPLE.matcher(text);
    while (at < text.length()) {
      Span formula = formula(text, at);
      boolean found = token.find(at);
      int next = found ? token.start() : text.length();
      if (tuple.find(at) && tuple.start() < next && (formula == null || formula.from > next)) {
        spans.add(new Span(tuple.start(), tuple.end(), new Statement(tuple.group(), false), false));
        at = tuple.end();
        continue;
      }
      if (formula != null && formula.from <= next) {
        add(spans, formula, text);
        at = formula.to;
      } else if (found) {
        int end = withUnit(text, token.end());
        if (end > 0) {
          spans.add(new Span(next, end, new Statement(text.substring(next, end), false), false));
        }
        at = Math.max(token.end(), next + 1);
      } else {
        break;
      }
    }
    return spans;
  }

  private static void add(List<Span> spans, Span next, String text) {
    if (!spans.isEmpty() && spans.getLast().formula) {
      Span last = spans.getLast();
      String between = text.substring(last.to, next.from);
      if (!between.isBlank() && JOINT.matcher(between).matches()) {
        spans.set(
            spans.size() - 1,
            new Span(
                last.from,
                next.to,
                new Statement(last.statement.text() + " , " + next.statement.text(), true),
                true));
        return;
      }
    }
    spans.add(next);
  }

  /** The end of a number with a unit attached to it; -1 if other letters follow. */
  private static int withUnit(String text, int end) {
    Matcher letters = LETTERS.matcher(text).region(end, text.length());
    if (!letters.lookingAt()) {
      return end < text.length() && text.charAt(end) == '_' ? -1 : end;
    }
    boolean power =
        letters.end() < text.length() && "\u00b2\u00b3".indexOf(text.charAt(letters.end())) >= 0;
    boolean scale =
        Scaled.SIGNS.containsKey(letters.group())
            && (letters.end() == text.length()
                || !Character.isLetterOrDigit(text.charAt(letters.end())));
    return Lexicon.unit(letters.group()).isEmpty() && !scale ? -1 : letters.end() + (power ? 1 : 0);
  }

  /** The first formula from a position. */
  private static @Nullable Span formula(String text, int from) {
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '$' && c != '\\') {
        continue;
      }
      if (text.startsWith("\\$", at)) {
        at++;
        continue;
      }
      Span span =
          c == '\\' && text.startsWith("frac", at + 1 + (text.startsWith("d", at + 1) ? 1 : 0))
              ? fraction(text, at)
              : delimited(text, at);
      if (span != null) {
        return span;
      }
    }
    return null;
  }

  private static @Nullable Span delimited(String text, int at) {
    for (String[] pair : DELIMITERS) {
      if (text.startsWith(pair[0], at)) {
        int open = at + pair[0].length();
        int close = close(text, open, pair[1]);
        if (close < 0) {
          return null;
        }
        String inside = text.substring(open, close);
        boolean line = pair[0].equals("$") || pair[0].equals("\\(");
        if (inside.isBlank()
            || (line && inside.indexOf('\n') >= 0)
            || (pair[0].equals("$") && WORDS.matcher(inside).find() && inside.indexOf('\\') < 0)) {
          return null;
        }
        int to = close + pair[1].length();
        Matcher after = AFTER.matcher(text).region(to, text.length());
        String percent = after.lookingAt() && !after.group().isBlank() ? "\\%" : "";
        return new Span(at, to, new Statement(inside + percent, true), true);
      }
    }
    return null;
  }

  private static int close(String text, int open, String sign) {
    int end = Math.min(text.length(), open + MAX_FORMULA);
    for (int at = open; at < end; at++) {
      if (text.startsWith(sign, at)) {
        return at;
      }
      if (text.charAt(at) == '\\') {
        at++;
      }
    }
    return -1;
  }

  /** A fraction outside a formula. */
  private static @Nullable Span fraction(String text, int at) {
    Matcher digits = DIGIT_FRACTION.matcher(text).region(at, text.length());
    if (digits.lookingAt()) {
      int start = at > 0 && text.charAt(at - 1) == '-' ? at - 1 : at;
      return new Span(
          start, digits.end(), new Statement(text.substring(start, digits.end()), true), true);
    }
    int first = text.indexOf('{', at);
    int middle = Spelling.closingBrace(text, first < 0 ? text.length() : first);
    int end = middle < 0 ? -1 : Spelling.closingBrace(text, middle + 1);
    if (end < 0 || first > at + 6) {
      return null;
    }
    int from = at > 0 && text.charAt(at - 1) == '-' ? at - 1 : at;
    return new Span(from, end + 1, new Statement(text.substring(from, end + 1), true), true);
  }
}
