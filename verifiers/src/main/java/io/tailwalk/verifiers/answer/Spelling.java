package io.tailwalk.verifiers.answer;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Different spellings of the same answer, brought to one. */
final class Spelling {
  private static final Pattern ESCAPED_TWICE = Pattern.compile("\\\\\\\\(?=[a-zA-Z]{2})");
  private static final Pattern THOUSANDS =
      Pattern.compile(
          "(?<=\\d)\\s*(?:\\{\\s*,\\s*\\}|,\\s*\\\\!|\\\\[,;:! ]|~)\\s*(?=\\d{3}(?!\\d))");
  private static final Pattern JOINED =
      Pattern.compile("(?<=[\\d)}\\]])\\s*(?:or|and)\\s*(?=[\\d(\\\\A-Z-])");

  /** Space between digits, which separates two numbers. */
  private static final Pattern DIGITS_APART =
      Pattern.compile("(?<=\\d)(?:[\\s~$]|\\\\[,;: ])++(?=\\d)");

  /** Dots for more elements of a listing, or more digits. */
  private static final Pattern CONTINUED =
      Pattern.compile("(?:,\\s*+(?:and\\s++)?|\\.\\d{1,50}+)(?:\\.{2,}+|\u2026)$");

  private static final Pattern ORDINAL =
      Pattern.compile(
          "(?<=\\d)\\^\\{?\\s*+\\\\(?:text|textrm|mathrm)\\{\\s*(?:st|nd|rd|th)\\s*\\}\\}?|(?<=\\d)\\^\\{(?:st|nd|rd|th)\\}");
  private static final Pattern HALF_DAY =
      Pattern.compile("(?<=\\d ?)([ap])\\. ?m\\b\\.?", Pattern.CASE_INSENSITIVE);

  /** Spellings of the degree sign in an exponent. */
  private static final Pattern DEGREES =
      Pattern.compile(
          "(?:\\{\\s*\\}\\s*|\\\\[,;:! ]\\s*)?\\^\\s*(?:\\\\circ(?![a-zA-Z])|\\{(?:\\s|\\\\[,;:! ])*+(?:\\\\circ|\\\\degree|\u00b0)\\s*+\\}"
              + "|(?<=\\d[ ^{}]{0,3})(?:\\{\\s*+)?(?:\\\\(?:text|mathrm|textrm|rm)\\s*+\\{\\s*+o\\s*+\\}|(?<=\\{)o)\\s*+\\}?)");

  /** Colors and horizontal space. */
  private static final Pattern LAYOUT =
      Pattern.compile(
          "\\\\(?:textcolor|color)\\s*+\\{[a-zA-Z0-9!]{1,30}+\\}|\\\\[hm]space\\*?\\{[^{}]{1,20}+\\}");

  /** An interval with square brackets that turn away from an open end, as in France. */
  private static final Pattern TURNED =
      Pattern.compile("([\\[\\]])([^\\[\\]();,]{1,60}+[,;][^\\[\\]();,]{1,60}+)([\\[\\]])");

  private static final Pattern DOLLARS_AND_CENTS =
      Pattern.compile("(?<![\\d.,])(\\d[\\d,]*+) (dollars?|euros?) (?:and )?(\\d{1,2}) cents?\\b");

  private static final Pattern TEMPERATURE =
      Pattern.compile(
          "(?:\u00b0|\\^\\s*\\{?\\s*\\\\circ\\s*\\}?)\\s*(?:C|F|\\\\(?:text|mathrm|textrm)\\s*\\{\\s*(?:C|F)\\s*\\})(?![a-zA-Z])");
  private static final Pattern SPEED =
      Pattern.compile("(?<=\\d)\\s*(?:k?m|ft)/(?:s|h|min)(?:\\^2|\\^\\{2\\})?(?![a-zA-Z])");
  private static final Pattern OVER =
      Pattern.compile(
          "(?:\\{|^)([^{}\\\\]{1,200}+)\\\\over(?![a-zA-Z])([^{}\\\\]{1,200}+)(?:\\}|$)");
  private static final Pattern ROW_SPACE = Pattern.compile("\\\\\\\\\\[[\\d.]+[a-z]{2}\\]");
  private static final Map<String, String> CHARACTERS =
      Map.ofEntries(
          Map.entry("\u2212", "-"),
          Map.entry("\u2013", "-"),
          Map.entry("\u2014", "-"),
          Map.entry("\u00d7", "\\times "),
          Map.entry("\u00f7", "\\div "),
          Map.entry("\u00b7", "\\cdot "),
          Map.entry("\u22c5", "\\cdot "),
          Map.entry("\u2264", "\\le "),
          Map.entry("\u2265", "\\ge "),
          Map.entry("\u2260", "\\ne "),
          Map.entry("\u2248", "\\approx "),
          Map.entry("\u03c0", "\\pi "),
          Map.entry("\u221a", "\\sqrt "),
          Map.entry("\u221e", "\\infty "),
          Map.entry("\u222a", "\\cup "),
          Map.entry("\u2208", "\\in "),
          Map.entry("\u00b1", "\\pm "),
          Map.entry("\u00b2", "^{2}"),
          Map.entry("\u00b3", "^{3}"),
          Map.entry("\u00bd", " 1/2"),
          Map.entry("\u00bc", " 1/4"),
          Map.entry("\u00be", " 3/4"),
          Map.entry("\u00a0", " "),
          Map.entry("\u202f", " "),
          Map.entry("\u2009", " "),
          Map.entry("\u201c", "\""),
          Map.entry("\u201d", "\""));

  /** Most characters between braces. */
  private static final int MAX_BRACES = 5_000;

  private Spelling() {}

  /** One spelling of signs and of numbers with separators; the meaning is the same. */
  static String clean(String answer) {
    String text = answer;
    for (var entry : CHARACTERS.entrySet()) {
      text = text.replace(entry.getKey(), entry.getValue());
    }
    if (!text.contains("\\begin")) {
      text = ESCAPED_TWICE.matcher(text).replaceAll("\\\\");
    }
    text = ROW_SPACE.matcher(text).replaceAll("\\\\\\\\");
    text = THOUSANDS.matcher(text).replaceAll("");
    text = JOINED.matcher(text).replaceAll(" , ");
    text = OVER.matcher(text).replaceAll("\\\\frac{$1}{$2}");
    text = ORDINAL.matcher(text).replaceAll("");
    text = LAYOUT.matcher(text).replaceAll(" ");
    text = DEGREES.matcher(text).replaceAll("^\\\\circ ");
    text =
        TURNED
            .matcher(text)
            .replaceAll(i ->
                Matcher.quoteReplacement(
                    (i.group(1).equals("]") ? "(" : "[")
                        + i.group(2)
                        + (i.group(3).equals("[") ? ")" : "]")));
    text =
        DOLLARS_AND_CENTS
            .matcher(text)
            .replaceAll(m ->
                m.group(1)
                    + (m.group(3).length() > 1 ? "." : ".0")
                    + m.group(3)
                    + " "
                    + m.group(2));
    text =
        TEMPERATURE
            .matcher(text)
            .replaceAll(
                t -> "\\\\text{ " + (t.group().indexOf('C') > 0 ? "celsius" : "fahrenheit") + "}");
    text = SPEED.matcher(text).replaceAll(unit -> "\\\\text{ " + unit.group().strip() + "}");
    text = HALF_DAY.matcher(text).replaceAll("$1m");
    text = text.strip();
    if (text.startsWith("**")) {
      text = text.substring(2);
    }
    return withoutEnd(text);
  }

  /** The text without punctuation, emphasis and whitespace at its end. */
  private static String withoutEnd(String text) {
    int end = text.length();
    if (CONTINUED.matcher(text).find()) {
      return text;
    }
    while (end > 0) {
      char last = text.charAt(end - 1);
      if (last == '.' || last == ',' || last == ';' || Character.isWhitespace(last)) {
        end--;
      } else if (end > 1 && last == '*' && text.charAt(end - 2) == '*') {
        end -= 2;
      } else {
        break;
      }
    }
    return text.substring(0, end);
  }

  /** The letters, digits and signs of an answer without spacing, wrappers and delimiters. */
  static String plain(String answer) {
    return DIGITS_APART
        .matcher(clean(answer))
        .replaceAll("\u0001")
        .replaceAll("\\\\(?:left|right|displaystyle|quad|qquad|boxed)(?![a-zA-Z])", "")
        .replaceAll(
            "\\\\(?:text|mathrm|textbf|mathbf|textit|mbox|textnormal)\\s*\\{([^{}]*)\\}", "$1")
        .replaceAll("\\\\[!,;: ()\\[\\]$]|[$\\s\"`~]|\\*\\*", "")
        .replaceAll("\\\\[dtc]frac", "\\\\frac");
  }

  /** The plain spelling of words: in one case, unless it is a single letter or a formula. */
  static String words(String answer) {
    String plain = plain(answer);
    String bare = plain.matches("\\(?[A-Za-z]\\)?") ? plain.replaceAll("[()]", "") : plain;
    return bare.matches("[\\p{L}',-]{2,}") ? bare.toLowerCase(Locale.ROOT) : bare;
  }

  /**
   * Where the brace that opens at a position is closed; -1 if it is not within 5,000 characters, or
   * does not open there.
   */
  static int closingBrace(String text, int open) {
    if (open >= text.length() || text.charAt(open) != '{') {
      return -1;
    }
    int depth = 0;
    int end = Math.min(text.length(), open + MAX_BRACES);
    for (int i = open; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }
}
