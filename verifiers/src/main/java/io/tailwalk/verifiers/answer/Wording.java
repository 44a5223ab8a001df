package io.tailwalk.verifiers.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spellings of a text that do not change what it says. */
final class Wording {
  /** Words before an answer that do not change it. */
  private static final Pattern FILLERS =
      Pattern.compile(
          "(?:[,:\\s]*+\\b(?:clearly|then|thus|therefore|hence|so|obviously|evidently|indeed|actually|now|also|"
              + "still|always|again|precisely|exactly|simply|merely|just|probably|likely|surely|finally|"
              + "ultimately|definitely|certainly|consequently|of course|in fact|in total|altogether|equal to|I (?:think|believe|guess)|"
              + "(?:a|the) total of|the (?:number|value|integer|amount)|(?:number|option)(?= \\d))\\b[,:]?)++\\s++",
          Pattern.CASE_INSENSITIVE);

  /** Emphasis or quotation marks around all of a text. */
  private static final Pattern EMPHASIS =
      Pattern.compile("(\\*{1,3}+|_{1,3}+|`{1,3}+)(?=\\S)([^*_`]*+)\\1");

  /** Digits in groups of three, as in Switzerland. */
  private static final Pattern APOSTROPHES =
      Pattern.compile("(?<![\\w.,'\u2019])\\d{1,3}(?:['\u2019]\\d{3})++(?!\\w)");

  /** Digits in groups of three, as in Germany and Brazil; one group alone is a decimal. */
  private static final Pattern DOTS =
      Pattern.compile("(?<![\\w.,])\\d{1,3}(?:\\.\\d{3}){2,}+(?![\\w]|[.,]\\d)");

  /** The slash of a rate: {@code $18/hour}. */
  private static final Pattern PER =
      Pattern.compile("(?<=\\d) ?/ ?(?=[a-z]{3,}(?![a-zA-Z(]))(?!sqrt|sin|cos|tan|log)");

  /** A calculation that the data set GSM8K notes before its result. */
  private static final Pattern CALCULATION = Pattern.compile("<<[^<>\\n]{0,200}+>>");

  /** Tags that only change how a text looks. */
  private static final Pattern LAYOUT =
      Pattern.compile("</?(?:b|i|u|strong|em|span|code|mark|p) {0,3}/?>", Pattern.CASE_INSENSITIVE);

  /** What LaTeX leaves room for but does not show. */
  private static final Pattern PHANTOM =
      Pattern.compile("\\\\[hv]?phantom\\s*+\\{[^{}]{0,500}+\\}");

  /** Text that is struck out. */
  private static final Pattern STRUCK =
      Pattern.compile("~~[^~\\n]{1,200}+~~|<(s|del|strike)>[^<\\n]{0,200}+</\\1>");

  /** Characters that are not seen, except those that change the order of others. */
  private static final String UNSEEN =
      "\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufeff\ufe0e\ufe0f";

  /** Crosses, which say that something is wrong. */
  private static final String CROSSES = "\u2717\u2718\u274c\u274e\u2612";

  /** Most characters of a text that are read. */
  private static final int MAX_LENGTH = 500_000;

  private static final int NO_ENTRY = 0x1f6ab;

  private Wording() {}

  /**
   * A text with ASCII digits and signs instead of those of other scripts and of full width, and
   * without what is not shown, struck out or only layout, and without GSM8K's calculations. Of a
   * text longer than {@value #MAX_LENGTH} characters, only the end is read.
   */
  static String plain(String written) {
    String text = written.substring(Math.max(0, written.length() - MAX_LENGTH));
    String ascii = text;
    if (text.chars().anyMatch(c -> c >= 128)) {
      StringBuilder converted = new StringBuilder(text.length());
      text.codePoints()
          .filter(c -> UNSEEN.indexOf(c) < 0)
          .map(Wording::ascii)
          .forEach(converted::appendCodePoint);
      ascii = converted.toString();
    }
    String joined =
        APOSTROPHES
            .matcher(ascii)
            .replaceAll(match -> match.group().replace("'", "").replace("\u2019", ""));
    joined = DOTS.matcher(joined).replaceAll(match -> match.group().replace(".", ""));
    joined = PHANTOM.matcher(withoutComments(joined)).replaceAll("");
    joined = STRUCK.matcher(LAYOUT.matcher(joined).replaceAll("")).replaceAll("");
    return PER.matcher(CALCULATION.matcher(joined).replaceAll("")).replaceAll(" per ");
  }

  /** A text without HTML comments; one that is not closed is read. */
  private static String withoutComments(String text) {
    int open = text.indexOf("<!--");
    if (open < 0) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length());
    int from = 0;
    while (open >= 0) {
      int close = text.indexOf("-->", open + 4);
      if (close < 0) {
        break;
      }
      shown.append(text, from, open);
      from = close + 3;
      open = text.indexOf("<!--", from);
    }
    return shown.append(text, from, text.length()).toString();
  }

  private static int ascii(int c) {
    if (c >= 128 && Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
      return '0' + Character.digit(c, 10);
    }
    boolean fullWidth = c > 0xff00 && c < 0xff5f && !Character.isLetter(c);
    boolean picture =
        c >= 0x2600
            && (Character.getType(c) == Character.OTHER_SYMBOL
                || Character.getType(c) == Character.MODIFIER_SYMBOL)
            && c != NO_ENTRY
            && CROSSES.indexOf(c) < 0;
    if (picture) {
      return ' ';
    }
    return switch (c) {
      case 0x66b -> '.';
      case 0x66c -> ',';
      default -> fullWidth ? c - 0xfee0 : c;
    };
  }

  /** The words of an answer without emphasis and words in front that do not change it. */
  static String bare(String text) {
    String words = text.strip();
    Matcher fillers = FILLERS.matcher(words);
    if (fillers.lookingAt() && fillers.end() < words.length()) {
      words = words.substring(fillers.end());
    }
    return withoutEmphasis(words);
  }

  /** A text without emphasis or code marks around all of it. */
  static String withoutEmphasis(String text) {
    String words = text.strip();
    Matcher emphasis = EMPHASIS.matcher(words);
    return emphasis.matches() && !emphasis.group(2).isBlank() ? emphasis.group(2) : words;
  }
}
