package io.tailwalk.verifiers.answer;

/**
 * A quotient of polynomials in which radicals of integers, {@code i} and roots are reduced. Equal
 * expressions have a difference with numerator zero, so fractions are not reduced.
 *
 * @param over the numerator
 * @param under the denominator, not zero; 1 if it was a monomial
 */
record NormalForm(Polynomial over, Polynomial under) {

  static NormalForm of(Polynomial polynomial) {
    return new NormalForm(polynomial, Polynomial.ONE);
  }

  static NormalForm of(Fraction value) {
    return of(Polynomial.constant(value));
  }

  boolean isZero() {
    return over.isZero();
  }

  boolean isPolynomial() {
    return under.equals(Polynomial.ONE);
  }

  /** Whether it is a rational number. */
  boolean isConstant() {
    return isPolynomial() && over.isConstant();
  }

  Fraction constant() {
    return over.constant();
  }

  @Override
  public String toString() {
    return isPolynomial() ? over.toString() : over + "/" + under;
  }
}
