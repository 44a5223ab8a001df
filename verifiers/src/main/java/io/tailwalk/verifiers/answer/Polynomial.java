package io.tailwalk.verifiers.answer;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A sum of monomials with rational coefficients. A monomial is a product of atoms with rational
 * exponents that are not zero; atoms are named by a text, for example {@code x} or {@code prime 2}.
 * Zero coefficients are not kept, so that zero is the empty sum.
 */
record Polynomial(NavigableMap<Polynomial.Monomial, Fraction> terms) {
  private static final int MAX_TERMS = 600;

  static final Polynomial ZERO = new Polynomial(new TreeMap<>());
  static final Polynomial ONE = constant(Fraction.ONE);

  /** A product of atoms; the text orders monomials. */
  record Monomial(NavigableMap<String, Fraction> atoms, String text)
      implements Comparable<Monomial> {
    static final Monomial ONE = of(new TreeMap<>());

    static Monomial of(NavigableMap<String, Fraction> atoms) {
      return new Monomial(atoms, atoms.toString());
    }

    Monomial times(Monomial other) {
      var product = new TreeMap<>(atoms);
      other.atoms.forEach((atom, exponent) -> product.merge(atom, exponent, Fraction::plus));
      product.values().removeIf(exponent -> exponent.signum() == 0);
      return of(product);
    }

    @Override
    public int compareTo(Monomial other) {
      return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Monomial monomial && text.equals(monomial.text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }
  }

  static Polynomial constant(Fraction value) {
    return term(value, Monomial.ONE);
  }

  static Polynomial term(Fraction coefficient, Monomial monomial) {
    var terms = new TreeMap<Monomial, Fraction>();
    if (coefficient.signum() != 0) {
      terms.put(monomial, coefficient);
    }
    return new Polynomial(terms);
  }

  static Polynomial atom(String name, Fraction exponent) {
    return exponent.signum() == 0
        ? ONE
        : term(Fraction.ONE, Monomial.of(new TreeMap<>(Map.of(name, exponent))));
  }

  boolean isZero() {
    return terms.isEmpty();
  }

  boolean isConstant() {
    return terms.isEmpty() || (isMonomial() && terms.firstKey().atoms().isEmpty());
  }

  boolean isMonomial() {
    return terms.size() == 1;
  }

  /** The coefficient of a constant; zero for zero. */
  Fraction constant() {
    return terms.isEmpty() ? Fraction.ZERO : terms.firstEntry().getValue();
  }

  Polynomial plus(Polynomial other) {
    var sum = new TreeMap<>(terms);
    other.terms.forEach((monomial, value) -> sum.merge(monomial, value, Fraction::plus));
    sum.values().removeIf(value -> value.signum() == 0);
    return bounded(sum);
  }

  Polynomial scaled(Fraction factor) {
    if (factor.signum() == 0) {
      return ZERO;
    }
    var scaled = new TreeMap<Monomial, Fraction>();
    terms.forEach((monomial, value) -> scaled.put(monomial, value.times(factor)));
    return new Polynomial(scaled);
  }

  /** The product, in which no atom has been reduced yet. */
  Polynomial times(Polynomial other) {
    if ((long) terms.size() * other.terms.size() > 20L * MAX_TERMS) {
      throw new UndecidedException();
    }
    var product = new TreeMap<Monomial, Fraction>();
    terms.forEach((one, left) ->
        other.terms.forEach(
            (two, right) -> product.merge(one.times(two), left.times(right), Fraction::plus)));
    product.values().removeIf(value -> value.signum() == 0);
    return bounded(product);
  }

  private static Polynomial bounded(NavigableMap<Monomial, Fraction> terms) {
    if (terms.size() > MAX_TERMS) {
      throw new UndecidedException();
    }
    return new Polynomial(terms);
  }

  /** The greatest positive rational that divides every coefficient to an integer. */
  Fraction content() {
    var over = java.math.BigInteger.ZERO;
    var under = java.math.BigInteger.ONE;
    for (Fraction value : terms.values()) {
      over = over.gcd(value.numerator());
      under = under.divide(under.gcd(value.denominator())).multiply(value.denominator());
    }
    return Fraction.quotient(over, under);
  }

  @Override
  public String toString() {
    return terms.toString();
  }
}
