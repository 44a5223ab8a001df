package io.tailwalk.verifiers.answer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exact number in common notations: integers, decimals, thousands separators, fractions (plain
 * and LaTeX), mixed numbers, powers of ten, percent.
 *
 * @param numerator any integer
 * @param denominator above zero
 * @param percent whether a percent sign followed; not counted in the value
 */
record Rational(BigInteger numerator, BigInteger denominator, boolean percent) {
  private static final int MAX_LENGTH = 200;
  private static final int MAX_EXPONENT = 1000;
  private static final String UNSIGNED = "(?:\\d{1,3}(?:,\\d{3})+|\\d+)?(?:\\.\\d+)?|\\d+\\.";
  private static final Pattern DECIMAL =
      Pattern.compile("([+-]?)(" + UNSIGNED + ")(?:[eE]([+-]?\\d{1,4}))?");
  private static final Pattern FRACTION =
      Pattern.compile("([+-]?)(?:(\\d+)\\s+)?([\\d.,]+)\\s*/\\s*([\\d.,]+)");
  private static final Pattern LATEX_FRACTION =
      Pattern.compile(
          "([+-]?)(\\d+)?\\s*\\\\[dt]?frac\\s*(?:\\{([+-]?[\\d.,]+)\\}|(\\d))\\s*"
              + "(?:\\{([\\d.,]+)\\}|(\\d))");

  /** Reads a text that is completely a number. */
  static Optional<Rational> parse(String text) {
    String number = text.strip();
    if (number.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    boolean percent = number.endsWith("%");
    if (percent) {
      number = number.substring(0, number.length() - 1).strip();
      number = number.endsWith("\\") ? number.substring(0, number.length() - 1).strip() : number;
    }
    Matcher latex = LATEX_FRACTION.matcher(number);
    if (latex.matches()) {
      String over = latex.group(3) == null ? latex.group(4) : latex.group(3);
      String under = latex.group(5) == null ? latex.group(6) : latex.group(5);
      return fraction(latex.group(1), latex.group(2), over, under, percent);
    }
    Matcher plain = FRACTION.matcher(number);
    if (plain.matches()) {
      return fraction(plain.group(1), plain.group(2), plain.group(3), plain.group(4), percent);
    }
    return decimal(number).map(value -> of(value, percent));
  }

  private static Optional<Rational> fraction(
      String sign,
      @org.jspecify.annotations.Nullable String whole,
      String over,
      String under,
      boolean percent) {
    Optional<BigDecimal> top = decimal(over);
    Optional<BigDecimal> bottom = decimal(under);
    if (top.isEmpty() || bottom.isEmpty() || bottom.get().signum() == 0) {
      return Optional.empty();
    }
    Rational quotient = of(top.get(), false).over(of(bottom.get(), false));
    BigInteger integer = whole == null ? BigInteger.ZERO : new BigInteger(whole);
    BigInteger numerator = quotient.numerator.add(integer.multiply(quotient.denominator));
    numerator = sign.equals("-") ? numerator.negate() : numerator;
    return Optional.of(new Rational(numerator, quotient.denominator, percent).reduced());
  }

  private static Optional<BigDecimal> decimal(String text) {
    Matcher match = DECIMAL.matcher(text);
    if (!match.matches() || match.group(2).isEmpty()) {
      return Optional.empty();
    }
    int exponent = match.group(3) == null ? 0 : Integer.parseInt(match.group(3));
    if (Math.abs(exponent) > MAX_EXPONENT) {
      return Optional.empty();
    }
    var value = new BigDecimal(match.group(1) + match.group(2).replace(",", ""));
    return Optional.of(value.scaleByPowerOfTen(exponent));
  }

  private static Rational of(BigDecimal value, boolean percent) {
    BigInteger ten = BigInteger.TEN;
    return value.scale() >= 0
        ? new Rational(value.unscaledValue(), ten.pow(value.scale()), percent).reduced()
        : new Rational(value.toBigIntegerExact(), BigInteger.ONE, percent);
  }

  private Rational over(Rational other) {
    BigInteger top = numerator.multiply(other.denominator);
    BigInteger bottom = denominator.multiply(other.numerator);
    return bottom.signum() < 0
        ? new Rational(top.negate(), bottom.negate(), false).reduced()
        : new Rational(top, bottom, false).reduced();
  }

  private Rational reduced() {
    BigInteger common = numerator.gcd(denominator);
    return common.signum() == 0
        ? this
        : new Rational(numerator.divide(common), denominator.divide(common), percent);
  }

  /**
   * Whether both are the same number: 50% is 0.5 and 1/2; and because answers to "what percentage"
   * often have no percent sign, 50% is also 50.
   */
  boolean sameAs(Rational other) {
    if (percent == other.percent) {
      return numerator.equals(other.numerator) && denominator.equals(other.denominator);
    }
    return withoutPercent().equals(other.withoutPercent()) || value().equals(other.value());
  }

  private Rational withoutPercent() {
    return new Rational(numerator, denominator, false);
  }

  private Rational value() {
    return percent
        ? new Rational(numerator, denominator.multiply(BigInteger.valueOf(100)), false).reduced()
        : this;
  }
}
