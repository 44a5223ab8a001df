package io.tailwalk.verifiers.answer;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Functions of several plain numbers: greatest, least, common divisor, common multiple. */
final class Extremes {
  static final Set<String> NAMES = Set.of("gcd", "lcm", "min", "max");

  /** Most bits of a common multiple. */
  private static final int MAX_BITS = 10_000;

  private Extremes() {}

  /**
   * The value of a function of {@link #NAMES}.
   *
   * @param values its arguments, at least one
   * @throws UndecidedException if a divisor or multiple is asked of what is not an integer, of
   *     nothing but zeros, or of numbers that are too large
   */
  static Fraction of(String name, List<Fraction> values) {
    return switch (name) {
      case "min" -> values.stream().min(Comparator.naturalOrder()).orElseThrow();
      case "max" -> values.stream().max(Comparator.naturalOrder()).orElseThrow();
      case "gcd" ->
          positive(values.stream().map(Extremes::integer).reduce(BigInteger.ZERO, BigInteger::gcd));
      default ->
          positive(values.stream().map(Extremes::integer).reduce(BigInteger.ONE, Extremes::lcm));
    };
  }

  private static BigInteger integer(Fraction value) {
    if (!value.isInteger()) {
      throw new UndecidedException();
    }
    return value.numerator();
  }

  private static BigInteger lcm(BigInteger one, BigInteger other) {
    if (one.signum() == 0 || other.signum() == 0) {
      return BigInteger.ZERO;
    }
    BigInteger multiple = one.divide(one.gcd(other)).multiply(other).abs();
    if (multiple.bitLength() > MAX_BITS) {
      throw new UndecidedException();
    }
    return multiple;
  }

  private static Fraction positive(BigInteger value) {
    if (value.signum() == 0) {
      throw new UndecidedException();
    }
    return Fraction.of(value);
  }
}
