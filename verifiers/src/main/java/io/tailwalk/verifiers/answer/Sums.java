package io.tailwalk.verifiers.answer;

import io.tailwalk.verifiers.answer.Answer.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Equations of numbers in prose, which state nothing if they are false. */
final class Sums {
  private static final Pattern EQUALS = Pattern.compile("=\\s*+$");
  private static final Pattern TIMES = Pattern.compile("(?<=\\d) ?x ?(?=[\\d(])");

  /** The calculation at the end of a text. */
  private static final Pattern CALCULATION =
      Pattern.compile(
          "[-\u2212(]*+[$\u20ac\u00a3]?\\.?\\d[\\d.,()+*/\u00d7\u00f7\u00b7%$\u20ac\u00a3^ \u2212\u2013-]*$");

  private static final Pattern OPERATOR =
      Pattern.compile("[\\d)%] *[-+*/\u00d7\u00f7\u00b7^\u2212\u2013]");

  /** The beginning of a statement, so that a single number behind it is a complete side. */
  private static final Pattern BEGINNING =
      Pattern.compile(
          "(?:^|[,;:.!?$]|\\b(?:so|get|gets|have|that|thus|hence|then|therefore|is|and|which|or|but))\\s*+\\**+$",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PART_OF = Pattern.compile("\\b(?:of|by|than)\\s*+$");

  /** The largest difference of equal values in decimals. */
  private static final BigDecimal EXACT = new BigDecimal("1e-30");

  private Sums() {}

  /**
   * Whether a number is the right side of an equation whose left side is another number.
   *
   * @param before the line before the number
   */
  static boolean contradict(String before, Statement right) {
    Matcher equals = EQUALS.matcher(before);
    if (!equals.find()) {
      return false;
    }
    String left = before.substring(0, equals.start());
    left = TIMES.matcher(left.substring(left.lastIndexOf('=') + 1)).replaceAll("*").stripTrailing();
    left = left.substring(left.lastIndexOf(", ") + 1);
    left = left.endsWith("$") ? left.substring(0, left.length() - 1) : left;
    Matcher calculation = CALCULATION.matcher(left);
    if (!calculation.find()) {
      return false;
    }
    String words = left.substring(0, calculation.start());
    boolean operator = OPERATOR.matcher(calculation.group()).find();
    boolean side = operator ? !PART_OF.matcher(words).find() : BEGINNING.matcher(words).find();
    List<Answer> readings = right.readings();
    return side
        && !readings.isEmpty()
        && differ(calculation.group(), right.text(), readings.getFirst());
  }

  /**
   * Whether two sides of an equation are different numbers. The right one may be rounded: to its
   * last decimal, to a whole number after a decimal, or up or down after a division.
   */
  static boolean differ(String left, String rightText, Answer right) {
    if (!(AnswerParser.parse(left, true) instanceof Quantity one)
        || !(right instanceof Quantity other)
        || one.value().hasVariables()
        || other.value().hasVariables()
        || AnswerEquality.same(one, other)) {
      return false;
    }
    boolean plain =
        one.unit().isEmpty() && other.unit().isEmpty() && one.percent() == other.percent();
    if (!plain && !OPERATOR.matcher(left).find()) {
      return false;
    }
    try {
      return one.percent() == other.percent()
          && ExprEquality.value(Expr.difference(one.value(), other.value()))
                  .abs()
                  .compareTo(tolerance(left, rightText))
              >= 0;
    } catch (UndecidedException | ArithmeticException e) {
      return false;
    }
  }

  /**
   * Whether a value without a unit is another one rounded to the decimals that it is written with.
   */
  static boolean rounded(Answer exact, Answer rounded, String written) {
    return exact instanceof Quantity one
        && rounded instanceof Quantity other
        && one.unit().isEmpty()
        && other.unit().isEmpty()
        && !one.percent()
        && !other.percent()
        && !one.value().hasVariables()
        && !other.value().hasVariables()
        && written.indexOf('.') >= 0
        && distance(one, other).compareTo(tolerance("", written)) < 0;
  }

  private static BigDecimal distance(Quantity one, Quantity other) {
    try {
      return ExprEquality.value(Expr.difference(one.value(), other.value())).abs();
    } catch (UndecidedException | ArithmeticException e) {
      return BigDecimal.TEN;
    }
  }

  private static BigDecimal tolerance(String left, String right) {
    int point = right.indexOf('.');
    if (point >= 0) {
      int digits = 0;
      while (point + 1 + digits < right.length()
          && Character.isDigit(right.charAt(point + 1 + digits))) {
        digits++;
      }
      return BigDecimal.ONE.movePointLeft(digits);
    }
    boolean division = left.indexOf('/') >= 0 || left.indexOf('\u00f7') >= 0;
    return division ? BigDecimal.ONE : left.indexOf('.') >= 0 ? new BigDecimal("0.51") : EXACT;
  }
}
