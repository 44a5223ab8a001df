package io.tailwalk.verifiers.answer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * An exact rational number.
 *
 * @param numerator any integer
 * @param denominator above zero, without a common factor with the numerator
 */
record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {
  static final Fraction ZERO = of(0);
  static final Fraction ONE = of(1);

  /** Longest numerator or denominator, in bits. */
  private static final int MAX_BITS = 60_000;

  static Fraction of(long value) {
    return new Fraction(BigInteger.valueOf(value), BigInteger.ONE);
  }

  static Fraction of(BigInteger value) {
    return new Fraction(value, BigInteger.ONE);
  }

  static Fraction of(BigDecimal value) {
    return value.scale() > 0
        ? quotient(value.unscaledValue(), BigInteger.TEN.pow(value.scale()))
        : of(value.toBigIntegerExact());
  }

  /**
   * The reduced quotient.
   *
   * @throws UndecidedException if the divisor is zero or a number is too long
   */
  static Fraction quotient(BigInteger over, BigInteger under) {
    if (under.signum() == 0 || over.bitLength() > MAX_BITS || under.bitLength() > MAX_BITS) {
      throw new UndecidedException();
    }
    BigInteger common = over.gcd(under);
    common = under.signum() < 0 ? common.negate() : common;
    return new Fraction(over.divide(common), under.divide(common));
  }

  Fraction plus(Fraction other) {
    return quotient(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  Fraction minus(Fraction other) {
    return plus(other.negated());
  }

  Fraction times(Fraction other) {
    return quotient(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  Fraction over(Fraction other) {
    return quotient(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
  }

  Fraction negated() {
    return new Fraction(numerator.negate(), denominator);
  }

  Fraction abs() {
    return new Fraction(numerator.abs(), denominator);
  }

  /**
   * An integer power.
   *
   * @throws UndecidedException if the result is too long, or zero has a negative exponent
   */
  Fraction pow(int exponent) {
    long bits = Math.max(numerator.abs().bitLength(), denominator.bitLength());
    if (bits > 1 && bits * Math.abs((long) exponent) > MAX_BITS) {
      throw new UndecidedException();
    }
    int size = Math.abs(exponent);
    Fraction power = quotient(numerator.pow(size), denominator.pow(size));
    return exponent < 0 ? ONE.over(power) : power;
  }

  BigInteger floor() {
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  boolean isInteger() {
    return denominator.equals(BigInteger.ONE);
  }

  int signum() {
    return numerator.signum();
  }

  BigDecimal decimal(MathContext precision) {
    return new BigDecimal(numerator).divide(new BigDecimal(denominator), precision);
  }

  @Override
  public int compareTo(Fraction other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  @Override
  public String toString() {
    return isInteger() ? numerator.toString() : numerator + "/" + denominator;
  }
}
