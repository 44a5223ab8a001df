package io.tailwalk.verifiers.answer;

import io.tailwalk.verifiers.answer.Polynomial.Monomial;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Multiplies polynomials and reduces their atoms: a prime has an exponent in [0, 1), {@code i} 0 or
 * 1, and a root less than its degree.
 */
final class Reducer {
  private static final int MAX_POWER = 64;
  private static final int MAX_EXACT_EXPONENT = 20_000;
  private static final int MAX_STEPS = 4_000;

  /** What the square, cube, ... of a root is. */
  private final Map<String, Polynomial> radicands = new HashMap<>();

  private int steps;

  /** States that an atom with exponent 1 is a polynomial. */
  void define(String atom, Polynomial radicand) {
    radicands.put(atom, radicand);
  }

  /** Counts a step of work. */
  void step() {
    if (++steps > MAX_STEPS) {
      throw new UndecidedException();
    }
  }

  /** The product with all atoms reduced. */
  Polynomial product(Polynomial one, Polynomial other) {
    step();
    return reduced(one.times(other));
  }

  /** The polynomial with all atoms reduced. */
  Polynomial reduced(Polynomial polynomial) {
    Polynomial sum = Polynomial.ZERO;
    for (var term : polynomial.terms().entrySet()) {
      sum = sum.plus(reduced(term.getKey(), term.getValue()));
    }
    return sum;
  }

  /** A term with all atoms reduced. */
  Polynomial reduced(Monomial monomial, Fraction coefficient) {
    var kept = new TreeMap<String, Fraction>();
    Fraction value = coefficient;
    List<Polynomial> factors = new ArrayList<>();
    for (var entry : monomial.atoms().entrySet()) {
      String atom = entry.getKey();
      Fraction exponent = entry.getValue();
      if (Primes.isPrime(atom)) {
        int whole = intValue(exponent.floor());
        value = value.times(Primes.value(atom).pow(whole));
        exponent = exponent.minus(Fraction.of(whole));
      } else if (atom.equals(Constants.I)) {
        int turns =
            exponent.isInteger() ? exponent.numerator().mod(BigInteger.valueOf(4)).intValue() : -1;
        if (turns < 0) {
          throw new UndecidedException();
        }
        value = turns > 1 ? value.negated() : value;
        exponent = Fraction.of(turns % 2);
      } else if (radicands.containsKey(atom) && exponent.compareTo(Fraction.ONE) >= 0) {
        int whole = intValue(exponent.floor());
        factors.add(power(radicands.getOrDefault(atom, Polynomial.ONE), whole));
        exponent = exponent.minus(Fraction.of(whole));
      }
      if (exponent.signum() != 0) {
        kept.put(atom, exponent);
      }
    }
    Polynomial result = Polynomial.term(value, Monomial.of(kept));
    for (Polynomial factor : factors) {
      result = product(result, factor);
    }
    return result;
  }

  /** An integer power. */
  Polynomial power(Polynomial base, int exponent) {
    if (exponent > MAX_POWER) {
      throw new UndecidedException();
    }
    Polynomial result = Polynomial.ONE;
    for (int i = 0; i < exponent; i++) {
      result = product(result, base);
    }
    return result;
  }

  /** A small integer. */
  static int intValue(BigInteger value) {
    if (value.bitLength() > 31 || Math.abs(value.longValueExact()) > MAX_EXACT_EXPONENT) {
      throw new UndecidedException();
    }
    return value.intValueExact();
  }
}
