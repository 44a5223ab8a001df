package io.tailwalk.verifiers.answer;

import java.math.BigInteger;

/** Exact counts of small integers. */
final class Combinatorics {
  private static final int MAX = 3_000;

  private Combinatorics() {}

  static Fraction factorial(Fraction value) {
    return Fraction.of(product(1, small(value)));
  }

  static Fraction binomial(Fraction above, Fraction below) {
    int n = small(above);
    int k = small(below);
    return k > n ? Fraction.ZERO : Fraction.of(product(n - k + 1, n).divide(product(1, k)));
  }

  private static int small(Fraction value) {
    if (!value.isInteger() || value.signum() < 0 || value.compareTo(Fraction.of(MAX)) > 0) {
      throw new UndecidedException();
    }
    return value.numerator().intValueExact();
  }

  private static BigInteger product(int from, int to) {
    BigInteger result = BigInteger.ONE;
    for (int i = from; i <= to; i++) {
      result = result.multiply(BigInteger.valueOf(i));
    }
    return result;
  }
}
