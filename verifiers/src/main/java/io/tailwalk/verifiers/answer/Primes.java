package io.tailwalk.verifiers.answer;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** Atoms that are primes, named {@code prime 2}; and factors of rational numbers. */
final class Primes {
  private static final String PREFIX = "prime ";

  /** Of a factor that may be composite. */
  private static final String LARGE = "prime or composite ";

  private static final long LARGEST = 20_000;

  private Primes() {}

  /** Whether an atom is a prime. */
  static boolean isPrime(String atom) {
    return atom.startsWith(PREFIX) || atom.startsWith(LARGE);
  }

  /** Whether an atom may be composite, so that other atoms may depend on it. */
  static boolean isLarge(String atom) {
    return atom.startsWith(LARGE);
  }

  /** The number that such an atom is. */
  static Fraction value(String atom) {
    return Fraction.of(Long.parseLong(atom.substring(atom.lastIndexOf(' ') + 1)));
  }

  /**
   * The factors of a positive rational with their exponents; a factor too large to split is
   * {@linkplain #isLarge marked}.
   *
   * @throws UndecidedException if a factor has more than 62 bits
   */
  static Map<String, Fraction> of(Fraction value) {
    var exponents = new TreeMap<String, Fraction>();
    factor(value.numerator(), 1, exponents);
    factor(value.denominator(), -1, exponents);
    return exponents;
  }

  private static void factor(BigInteger number, int sign, Map<String, Fraction> exponents) {
    BigInteger rest = number;
    for (long prime = 2; prime <= LARGEST && rest.bitLength() > 1; prime += prime == 2 ? 1 : 2) {
      if (rest.bitLength() < 62 && prime * prime > rest.longValueExact()) {
        break;
      }
      BigInteger divisor = BigInteger.valueOf(prime);
      for (var parts = rest.divideAndRemainder(divisor);
          parts[1].signum() == 0;
          parts = rest.divideAndRemainder(divisor)) {
        exponents.merge(PREFIX + prime, Fraction.of(sign), Fraction::plus);
        rest = parts[0];
      }
    }
    if (rest.bitLength() > 1) {
      if (rest.bitLength() > 62) {
        throw new UndecidedException();
      }
      long last = rest.longValueExact();
      exponents.merge(
          (last > LARGEST * LARGEST ? LARGE : PREFIX) + last, Fraction.of(sign), Fraction::plus);
    }
  }
}
