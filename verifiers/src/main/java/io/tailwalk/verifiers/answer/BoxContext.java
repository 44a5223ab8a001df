package io.tailwalk.verifiers.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is directly around a box: a number in a box that is a part of a formula, of another number
 * or of a question is not the answer. What compares the box with something else, such as {@code x
 * \ge \boxed{5}} or "at least \boxed{5}", leaves it the answer.
 */
final class BoxContext {
  /** What closes a formula or emphasis behind a box. */
  private static final String CLOSERS = "(?:\\$|\\\\\\)|\\\\\\]|\\*\\*|[\\s}\"'])*+";

  /** The beginning of words in LaTeX. */
  private static final String TEXT =
      "(?:~|\\\\[ ,;]\\s*+)?(?:\\\\(?:text|textrm|mathrm|mbox)\\s*+\\{[\\s~]*+)?";

  private static final Pattern QUESTION = Pattern.compile("(?:" + CLOSERS + "[)!]?)" + "\\?");
  private static final Pattern SCALE =
      Pattern.compile(
          CLOSERS
              + TEXT
              + "((?i:hundred|thousand|million|billion|trillion|dozen|lakh|crore|gross|grand|mil|mln|mn|bn)\\b|[kKMB](?<!\\n[kKMB])(?![a-zA-Z'_(^=]))");
  private static final Pattern BASE =
      Pattern.compile("_(?:\\d{1,2}+|\\{\\d{1,2}\\}|\\{?\\\\(?:text|mathrm)\\{[a-z]{1,12}\\}\\}?)");

  /** A minus sign of a box at the beginning of a formula or of a side. */
  private static final Pattern MINUS =
      Pattern.compile("(?:=\\s*|[$\\[(]\\s*|^|\\s)[-\u2212]$|\\$\\s*[-\u2212]\\s*\\$\\s*$");

  private static final Pattern PART_BEFORE =
      Pattern.compile(
          "(?:[\\d)}\\]]|(?<![a-zA-Z\\\\])[a-zA-Z])\\s*(?:[-+*/^_\u2212\u00d7\u00f7\u00b7]|\\\\(?:cdot|times|div|pm|mp))\\s*$"
              + "|(?:\\\\(?:sqrt|[dtc]?frac|binom|pm|mp)|[\\^_])\\s*\\{?\\s*$|\\\\(?:[dtc]?frac|binom)\\s*\\{[^{}]*\\}\\s*\\{\\s*$|\\\\(?:sqrt|[dtc]?frac\\s*\\{[^{}]*\\})\\s*\\{[^{}]*\\}$|[\u221a\u00b1\u2260]\\s*$|\\d\\.$"
              + "|\\\\(?:log|ln|lg|exp|sinh?|cosh?|tanh?|cot|sec|csc|arc(?:sin|cos|tan)|min|max|gcd|det)(?:_(?:\\w|\\{\\w+\\}))?(?:\\\\left)?\\s*[({]?\\s*$|\\\\neq?\\s*$|!=\\s*$|\\d$");
  private static final Pattern PART_AFTER =
      Pattern.compile(
          "(?:\\\\[,;! ])*+(?:[.:]?\\d|\\{(?!\\s*\\})|\\{\\s*\\}\\s*[\\^_](?!\\s*(?:\\\\circ|\\{\\s*\\\\circ))|!(?=\\s*(?:\\$|\\\\\\)))|\\^(?!\\s*(?:\\\\circ|\\{\\s*\\\\circ))|\\s*+\\\\(?:pi|sqrt|[dtc]?frac|sin|cos|ln|log|infty|alpha|theta)(?![a-zA-Z])"
              + "|[b-fik-ln-pqrt-zA-Z](?![a-zA-Z])|\\((?!\\s*mod))");

  /** A percent sign, degrees or a unit between a box and what follows. */
  private static final String UNIT =
      "(?:\\s*+\\\\?%|\\^\\s*+(?:\\\\circ|\\{\\s*+\\\\circ\\s*+\\})(?:\\s*+[CF]\\b)?|\\s*+\\\\(?:text|textrm|mathrm|mbox)\\{[^{}]{0,30}+\\})*+";

  private static final Pattern OPERATION_AFTER =
      Pattern.compile(
          CLOSERS
              + UNIT
              + CLOSERS
              + "(?:[-+/^\u2212\u00d7\u00f7\u00b7\u2013]|\\*(?!\\*)|\\\\(?:cdot|times|div|pm|mp)(?![a-zA-Z]))\\s*+"
              + "(?:[\\d($\\\\]|[a-zA-Z](?![a-zA-Z]))(?!\\\\?circ)");
  private static final Pattern WORDS_BEFORE =
      Pattern.compile(
          "(?:\\b(?:negative|minus|plus|times|half|twice|double|triple|thrice|between|than|"
              + "(?:divided|multiplied) by|(?:half|third|quarter|roots?|inverse|reciprocal|opposite|square|cube|"
              + "negation|factorial|complement|powers?) of)(?: about)?|\\d[$)\\\\]*\\s+(?:or|to))[\\s$(\\[\\\\*]*+$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern WORDS_AFTER =
      Pattern.compile(
          CLOSERS
              + TEXT
              + "(?:(?-i:"
              + Parts.NAME
              + ")|(?:(?:is )?"
              + Doubt.NO_VALUE
              + Doubt.NO_NOUN
              + "|squared|cubed|doubled|tripled|halved|factorial|give or take|"
              + Doubt.OTHER_UNIT
              + "|degrees below|per [a-z]{1,20} (?:times|plus|minus)|divided by|multiplied by|plus|minus|times [\\d$]|to the power|or (?:more|less|fewer)|"
              + "and (?:a|one) (?:half|third|quarter))\\b|to (?:\\d|\\$))",
          Pattern.CASE_INSENSITIVE);

  /** The second bar of an absolute value that is a part of a formula. */
  private static final Pattern BAR_AFTER = Pattern.compile("\\|\\s*+[-+*/^\u2212]");

  /** A number alone on the left side of an equation. */
  private static final Pattern NUMBER_EQUALS =
      Pattern.compile(
          "(?:^|[$,;:.]|\\\\[(\\[]|\\b(?i:so|get|gets|have|that|thus|hence|then|therefore|is|which))\\s*+([-\u2212]?\\d++(?:\\.\\d++)?)\\s*+=\\s*+$");

  private static final Pattern EQUATION =
      Pattern.compile(
          "\\s*=((?:\\\\[,;! ]|[^=$\\n<>\\\\])*+)(?:\\$|\\\\[\\])]|\\n|$|[.](?=\\s|$))");
  private static final int MAX_CONTEXT = 120;

  private BoxContext() {}

  /** The statement of a mark with what is directly around it; empty if it is only a part. */
  static Statement applied(String text, Marks.Mark mark) {
    Statement inside = mark.statement();
    if (!text.startsWith("\\boxed", mark.from()) && !text.startsWith("\\fbox", mark.from())) {
      return inside;
    }
    int line = text.lastIndexOf('\n', mark.from()) + 1;
    String before = text.substring(Math.max(line, mark.from() - MAX_CONTEXT), mark.from());
    String after = text.substring(mark.to(), Math.min(text.length(), mark.to() + MAX_CONTEXT));
    if (NumberBase.isBehind(after)) {
      return new Statement(
          NumberBase.behind(after).map(base -> inside.text() + "_{" + base + "}").orElse(""), true);
    }
    if (QUESTION.matcher(after).lookingAt()
        || WORDS_BEFORE.matcher(before).find()
        || WORDS_AFTER.matcher(after).lookingAt()) {
      return new Statement("", false);
    }
    Matcher scale = SCALE.matcher(after);
    if (scale.lookingAt()) {
      String word = Scaled.SIGNS.getOrDefault(scale.group(1), scale.group(1));
      return new Statement(inside.text() + "\\text{ " + word + "}", true);
    }
    Matcher base = BASE.matcher(after);
    if (base.lookingAt()) {
      return new Statement(inside.text() + base.group(), true);
    }
    boolean part =
        !isFilledIn(after)
            && (PART_BEFORE.matcher(before).find()
                || PART_AFTER.matcher(after).lookingAt()
                || OPERATION_AFTER.matcher(after).lookingAt()
                || (before.endsWith("|") && BAR_AFTER.matcher(after).lookingAt()));
    boolean operand = PART_BEFORE.matcher(before).find();
    if (part || (!operand && contradicts(inside, after)) || isOtherThan(before, inside)) {
      return new Statement("", false);
    }
    return MINUS.matcher(before).find()
        ? new Statement("-\\left(" + inside.text() + "\\right)", true)
        : inside;
  }

  /** Whether a box is an operand of the left side of an equation, which it fills in. */
  private static boolean isFilledIn(String after) {
    int equals = after.indexOf('=');
    Matcher end = Pattern.compile("[$\\n]|\\\\[\\])]|[.?!]\\s").matcher(after);
    return equals > 0 && (!end.find() || equals < end.start());
  }

  /** Whether a box is the right side of an equation whose left side is another number. */
  private static boolean isOtherThan(String before, Statement inside) {
    Matcher number = NUMBER_EQUALS.matcher(before);
    return number.find()
        && Sums.differ(number.group(1), inside.text(), AnswerParser.parse(inside.text(), false));
  }

  /** Whether the equation that continues behind a box is false. */
  private static boolean contradicts(Statement inside, String after) {
    Matcher equation = EQUATION.matcher(after);
    return equation.lookingAt()
        && Sums.differ(
            inside.text(), equation.group(1), AnswerParser.parse(equation.group(1), false));
  }
}
