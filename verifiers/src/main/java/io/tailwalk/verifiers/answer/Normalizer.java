package io.tailwalk.verifiers.answer;

import io.tailwalk.verifiers.answer.Polynomial.Monomial;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exact normal forms. Rational numbers, roots of rational numbers (as rational powers of primes,
 * which are linearly independent over the rationals), {@code pi}, {@code e}, {@code i} and
 * variables are decided completely. Functions, nested roots and powers with variables in the
 * exponent are atoms: two forms with the same atoms are equal, forms with different atoms may be.
 * One normalizer serves one comparison, because it remembers what its atoms mean.
 */
final class Normalizer {
  private static final String ROOT = "root ";
  private static final int MAX_BINOMIAL = 12;

  private final Reducer reducer = new Reducer();
  private boolean complete = true;

  /** Whether all forms so far are decided completely: then different forms are different values. */
  boolean isComplete() {
    return complete;
  }

  /**
   * The normal form.
   *
   * @throws UndecidedException if the expression has no value or exceeds a bound
   */
  NormalForm of(Expr expr) {
    reducer.step();
    return switch (expr) {
      case Expr.Num number -> NormalForm.of(number.value());
      case Expr.Sym symbol -> NormalForm.of(symbol(symbol.name()));
      case Expr.Sum sum -> {
        NormalForm total = NormalForm.of(Fraction.ZERO);
        for (Expr term : sum.terms()) {
          total = plus(total, of(term));
        }
        yield total;
      }
      case Expr.Product product -> {
        NormalForm total = NormalForm.of(Fraction.ONE);
        for (Expr factor : product.factors()) {
          total = times(total, of(factor));
        }
        yield total;
      }
      case Expr.Power power -> power(of(power.base()), of(power.exponent()));
      case Expr.Call call -> call(call);
      case Expr.Matrix _ -> throw new UndecidedException();
    };
  }

  NormalForm minus(NormalForm one, NormalForm other) {
    return plus(one, new NormalForm(other.over().scaled(Fraction.of(-1)), other.under()));
  }

  /** The quotient; its divisor must not be zero. */
  NormalForm quotient(NormalForm one, NormalForm other) {
    return times(one, inverse(other));
  }

  private Polynomial symbol(String name) {
    if (name.equals(Constants.INFINITY)) {
      throw new UndecidedException();
    }
    return Polynomial.atom(name, Fraction.ONE);
  }

  private NormalForm plus(NormalForm one, NormalForm other) {
    return one.under().equals(other.under())
        ? form(one.over().plus(other.over()), one.under())
        : form(
            product(one.over(), other.under()).plus(product(other.over(), one.under())),
            product(one.under(), other.under()));
  }

  NormalForm times(NormalForm one, NormalForm other) {
    return form(product(one.over(), other.over()), product(one.under(), other.under()));
  }

  private NormalForm form(Polynomial over, Polynomial under) {
    if (under.isZero()) {
      throw new UndecidedException();
    }
    if (!under.isMonomial()) {
      return new NormalForm(over, under);
    }
    return NormalForm.of(product(over, inverseMonomial(under)));
  }

  private Polynomial inverseMonomial(Polynomial monomial) {
    var exponents = new TreeMap<String, Fraction>();
    monomial
        .terms()
        .firstKey()
        .atoms()
        .forEach((atom, value) -> exponents.put(atom, value.negated()));
    Fraction value = monomial.terms().firstEntry().getValue();
    return Polynomial.term(Fraction.ONE.over(value), Monomial.of(exponents));
  }

  private NormalForm inverse(NormalForm value) {
    if (value.isZero()) {
      throw new UndecidedException();
    }
    return form(value.under(), value.over());
  }

  private Polynomial product(Polynomial one, Polynomial other) {
    return reducer.product(one, other);
  }

  private Map<String, Fraction> factors(Fraction value) {
    Map<String, Fraction> factors = Primes.of(value);
    complete &= factors.keySet().stream().noneMatch(Primes::isLarge);
    return factors;
  }

  private NormalForm power(NormalForm base, NormalForm exponent) {
    if (exponent.isConstant()) {
      return power(base, exponent.constant());
    }
    complete = false;
    if (base.isConstant() && base.constant().compareTo(Fraction.ONE) == 0) {
      return base;
    }
    if (!exponent.isPolynomial()) {
      return atom("power " + base + " " + exponent);
    }
    NormalForm result = NormalForm.of(Fraction.ONE);
    for (var term : exponent.over().terms().entrySet()) {
      result =
          times(
              result,
              term.getKey().atoms().isEmpty()
                  ? power(base, term.getValue())
                  : powerOfTerm(base, term.getKey(), term.getValue()));
    }
    return result;
  }

  /** {@code base^(value * monomial)}: exponents of positive bases add and multiply. */
  private NormalForm powerOfTerm(NormalForm base, Monomial monomial, Fraction value) {
    if (!base.isConstant() || base.constant().signum() <= 0) {
      return NormalForm.of(Polynomial.atom("power " + base + " " + monomial.text(), value));
    }
    Polynomial result = Polynomial.ONE;
    for (var prime : factors(base.constant()).entrySet()) {
      String atom = "power " + prime.getKey() + " " + monomial.text();
      result = product(result, Polynomial.atom(atom, value.times(prime.getValue())));
    }
    return NormalForm.of(result);
  }

  private NormalForm power(NormalForm base, Fraction exponent) {
    if (exponent.signum() == 0) {
      if (base.isZero()) {
        throw new UndecidedException();
      }
      return NormalForm.of(Fraction.ONE);
    }
    if (exponent.signum() < 0) {
      return inverse(power(base, exponent.negated()));
    }
    if (base.isZero()) {
      return base;
    }
    if (exponent.isInteger()) {
      return integerPower(base, exponent);
    }
    if (!base.isPolynomial()) {
      complete = false;
      return atom("power " + base + " " + exponent);
    }
    return root(base.over(), exponent);
  }

  private NormalForm integerPower(NormalForm base, Fraction exponent) {
    int size = Reducer.intValue(exponent.numerator());
    if (base.isConstant()) {
      return NormalForm.of(base.constant().pow(size));
    }
    if (base.isPolynomial() && base.over().isMonomial()) {
      var term = base.over().terms().firstEntry();
      var exponents = new TreeMap<String, Fraction>();
      term.getKey().atoms().forEach((atom, value) -> exponents.put(atom, value.times(exponent)));
      return NormalForm.of(reducer.reduced(Monomial.of(exponents), term.getValue().pow(size)));
    }
    return form(reducer.power(base.over(), size), reducer.power(base.under(), size));
  }

  /** A fractional power; the positive rational content is split off as powers of primes. */
  private NormalForm root(Polynomial radicand, Fraction exponent) {
    Fraction content = radicand.content();
    Polynomial outside = Polynomial.ONE;
    for (var prime : factors(content).entrySet()) {
      outside = product(outside, Polynomial.atom(prime.getKey(), prime.getValue().times(exponent)));
    }
    Polynomial inside = radicand.scaled(Fraction.ONE.over(content));
    if (inside.equals(Polynomial.ONE)) {
      return NormalForm.of(reducer.reduced(outside));
    }
    if (inside.isConstant()) {
      return NormalForm.of(product(outside, rootOfMinusOne(exponent)));
    }
    if (inside.isMonomial() && inside.constant().signum() > 0 && isPlainName(inside)) {
      String name = inside.terms().firstKey().atoms().firstKey();
      return NormalForm.of(product(outside, Polynomial.atom(name, exponent)));
    }
    complete = false;
    String atom = ROOT + inside;
    reducer.define(atom, inside);
    return NormalForm.of(product(outside, Polynomial.atom(atom, exponent)));
  }

  /** A single atom with exponent 1 that is neither a prime nor {@code i}. */
  private boolean isPlainName(Polynomial monomial) {
    var atoms = monomial.terms().firstKey().atoms();
    return atoms.size() == 1
        && atoms.firstEntry().getValue().equals(Fraction.ONE)
        && !Primes.isPrime(atoms.firstKey())
        && !atoms.firstKey().equals(Constants.I);
  }

  /** Square roots of -1 are i, real odd roots are -1. */
  private static Polynomial rootOfMinusOne(Fraction exponent) {
    if (exponent.denominator().equals(BigInteger.TWO)) {
      int turns = exponent.numerator().mod(BigInteger.valueOf(4)).intValue();
      Polynomial i = Polynomial.atom(Constants.I, Fraction.ONE);
      return turns == 1 ? i : i.scaled(Fraction.of(-1));
    }
    if (exponent.denominator().testBit(0)) {
      return Polynomial.constant(Fraction.of(exponent.numerator().testBit(0) ? -1 : 1));
    }
    throw new UndecidedException();
  }

  private NormalForm call(Expr.Call call) {
    if (call.name().equals("degrees")) {
      return of(call.arguments().getFirst());
    }
    List<NormalForm> arguments = call.arguments().stream().map(this::of).toList();
    NormalForm first = arguments.getFirst();
    if (call.arguments().size() == 1 && first.isConstant()) {
      Fraction value = first.constant();
      switch (call.name()) {
        case "abs" -> {
          return NormalForm.of(value.abs());
        }
        case "floor" -> {
          return NormalForm.of(Fraction.of(value.floor()));
        }
        case "ceil" -> {
          return NormalForm.of(Fraction.of(value.negated().floor().negate()));
        }
        case "factorial" -> {
          return NormalForm.of(Combinatorics.factorial(value));
        }
        default -> {}
      }
    }
    if (call.name().equals("binomial") && arguments.stream().allMatch(NormalForm::isConstant)) {
      return NormalForm.of(
          Combinatorics.binomial(first.constant(), arguments.getLast().constant()));
    }
    if (Extremes.NAMES.contains(call.name())) {
      if (arguments.stream().allMatch(NormalForm::isConstant)) {
        return NormalForm.of(
            Extremes.of(call.name(), arguments.stream().map(NormalForm::constant).toList()));
      }
      complete = false;
      return atom(call.name() + arguments.stream().map(String::valueOf).sorted().toList());
    }
    if (call.name().equals("binomial") && arguments.getLast().isConstant()) {
      return binomial(call.arguments().getFirst(), arguments.getLast().constant());
    }
    complete = false;
    return atom(call.name() + arguments);
  }

  /** {@code n (n-1) ... (n-k+1) / k!} for a small integer k. */
  private NormalForm binomial(Expr n, Fraction k) {
    int count = Reducer.intValue(k.floor());
    if (!k.isInteger() || count < 0 || count > MAX_BINOMIAL) {
      throw new UndecidedException();
    }
    NormalForm product = NormalForm.of(Fraction.ONE.over(Combinatorics.factorial(k)));
    for (int i = 0; i < count; i++) {
      product = times(product, of(Expr.difference(n, Expr.number(Fraction.of(i)))));
    }
    return product;
  }

  private static NormalForm atom(String name) {
    return NormalForm.of(Polynomial.atom(name, Fraction.ONE));
  }
}
