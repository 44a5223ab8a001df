package io.tailwalk.verifiers.answer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Elementary functions to some 60 significant digits, by Taylor series after a reduction of the
 * argument (Brent and Zimmermann, Modern Computer Arithmetic, section 4.3). Arguments outside the
 * stated ranges are not decided.
 */
final class Decimals {
  static final MathContext PRECISION = new MathContext(70, RoundingMode.HALF_EVEN);
  static final BigDecimal PI =
      new BigDecimal(
          "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803483");
  private static final BigDecimal LN2 =
      new BigDecimal(
          "0.693147180559945309417232121458176568075500134360255254120680009493393621969694715605863327");
  private static final BigDecimal TWO = BigDecimal.TWO;
  private static final BigDecimal SMALLEST = new BigDecimal("1e-75");
  private static final BigDecimal LARGEST = new BigDecimal(20_000);
  private static final int HALVINGS = 8;

  private Decimals() {}

  /** {@code e^x} for |x| up to 20,000. */
  static BigDecimal exp(BigDecimal x) {
    bounded(x);
    BigInteger twos = x.divide(LN2, PRECISION).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
    BigDecimal rest = x.subtract(LN2.multiply(new BigDecimal(twos)), new MathContext(90));
    rest = rest.divide(BigDecimal.valueOf(1 << HALVINGS), PRECISION);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = term;
    for (int k = 1; term.abs().compareTo(SMALLEST) > 0; k++) {
      term = term.multiply(rest, PRECISION).divide(BigDecimal.valueOf(k), PRECISION);
      sum = sum.add(term, PRECISION);
    }
    for (int i = 0; i < HALVINGS; i++) {
      sum = sum.multiply(sum, PRECISION);
    }
    return sum.multiply(TWO.pow(twos.intValueExact(), PRECISION), PRECISION);
  }

  /** The natural logarithm of a number above zero, by Newton's iteration on {@link #exp}. */
  static BigDecimal ln(BigDecimal x) {
    int digits = x.precision() - x.scale();
    if (x.signum() <= 0 || Math.abs(digits) > 8_000) {
      throw new UndecidedException();
    }
    double guess = Math.log(x.movePointLeft(digits).doubleValue()) + digits * Math.log(10);
    BigDecimal y = new BigDecimal(guess);
    for (int i = 0; i < 3; i++) {
      BigDecimal power = exp(y);
      y =
          y.add(
              TWO.multiply(x.subtract(power, PRECISION)).divide(x.add(power, PRECISION), PRECISION),
              PRECISION);
    }
    return y;
  }

  static BigDecimal sin(BigDecimal x) {
    return sine(x, BigDecimal.ZERO);
  }

  static BigDecimal cos(BigDecimal x) {
    return sine(x, PI.divide(TWO, new MathContext(90)));
  }

  private static BigDecimal sine(BigDecimal x, BigDecimal shift) {
    bounded(x);
    MathContext wide = new MathContext(90);
    BigDecimal angle = x.add(shift, wide);
    BigDecimal turn = PI.multiply(TWO);
    BigDecimal turns = angle.divide(turn, wide).setScale(0, RoundingMode.HALF_EVEN);
    angle = angle.subtract(turn.multiply(turns), wide);
    BigDecimal square = angle.multiply(angle, wide).negate();
    BigDecimal term = angle;
    BigDecimal sum = term;
    for (int k = 2; term.abs().compareTo(SMALLEST) > 0; k += 2) {
      term = term.multiply(square, wide).divide(BigDecimal.valueOf((long) k * (k + 1)), wide);
      sum = sum.add(term, wide);
    }
    return sum.abs().compareTo(new BigDecimal("1e-65")) < 0 ? BigDecimal.ZERO : sum;
  }

  /** The angle in (-pi/2, pi/2) with this tangent. */
  static BigDecimal arctan(BigDecimal x) {
    BigDecimal value = x;
    for (int i = 0; i < HALVINGS; i++) {
      BigDecimal root = BigDecimal.ONE.add(value.multiply(value, PRECISION)).sqrt(PRECISION);
      value = value.divide(BigDecimal.ONE.add(root), PRECISION);
    }
    BigDecimal square = value.multiply(value, PRECISION).negate();
    BigDecimal power = value;
    BigDecimal sum = value;
    for (int k = 3; power.abs().compareTo(SMALLEST) > 0; k += 2) {
      power = power.multiply(square, PRECISION);
      sum = sum.add(power.divide(BigDecimal.valueOf(k), PRECISION), PRECISION);
    }
    return sum.multiply(BigDecimal.valueOf(1 << HALVINGS), PRECISION);
  }

  /** The angle in [-pi/2, pi/2] with this sine; |x| up to 1. */
  static BigDecimal arcsin(BigDecimal x) {
    BigDecimal rest = BigDecimal.ONE.subtract(x.multiply(x, PRECISION), PRECISION);
    if (rest.signum() < 0) {
      throw new UndecidedException();
    }
    return rest.signum() == 0
        ? PI.divide(TWO, PRECISION).multiply(BigDecimal.valueOf(x.signum()))
        : arctan(x.divide(rest.sqrt(PRECISION), PRECISION));
  }

  private static void bounded(BigDecimal x) {
    if (x.abs().compareTo(LARGEST) > 0) {
      throw new UndecidedException();
    }
  }
}
