package io.tailwalk.verifiers.answer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Set;

/**
 * Real values of expressions to some 60 digits, at points that depend on the names of the variables
 * only.
 *
 * @param point the number of the point
 */
record Evaluator(int point) {
  private static final MathContext PRECISION = Decimals.PRECISION;
  private static final int MAX_EXPONENT = 20_000;

  /** Functions that have a value only where it is known exactly. */
  private static final Set<String> EXACT =
      Set.of("floor", "ceil", "factorial", "binomial", "gcd", "lcm", "min", "max");

  /**
   * The value.
   *
   * @throws UndecidedException if there is no real value, or none within the bounds
   */
  BigDecimal of(Expr expr) {
    return switch (expr) {
      case Expr.Num number -> number.value().decimal(PRECISION);
      case Expr.Sym symbol -> symbol(symbol.name());
      case Expr.Sum sum ->
          sum.terms().stream()
              .map(this::of)
              .reduce(BigDecimal.ZERO, (one, other) -> one.add(other, PRECISION));
      case Expr.Product product ->
          product.factors().stream()
              .map(this::of)
              .reduce(BigDecimal.ONE, (one, other) -> one.multiply(other, PRECISION));
      case Expr.Power power -> power(power);
      case Expr.Call call when EXACT.contains(call.name()) -> exact(call).decimal(PRECISION);
      case Expr.Call call -> call(call.name(), call.arguments().stream().map(this::of).toList());
      case Expr.Matrix _ -> throw new UndecidedException();
    };
  }

  private BigDecimal symbol(String name) {
    return switch (name) {
      case Constants.PI -> Decimals.PI.round(PRECISION);
      case Constants.E -> Decimals.exp(BigDecimal.ONE);
      case Constants.I, Constants.INFINITY -> throw new UndecidedException();
      default -> variable(name);
    };
  }

  /** A value in (-3, 3), the same for the same name and point; positive at every other point. */
  private BigDecimal variable(String name) {
    long hash = 1469598103934665603L + point * 7919L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 1099511628211L;
    }
    hash = (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L;
    hash ^= hash >>> 32;
    long size = 1 + Math.floorMod(hash, 299_999L);
    boolean negative = point % 2 == 1 && (hash >>> 60) % 2 == 1;
    return BigDecimal.valueOf(negative ? -size : size, 5);
  }

  private BigDecimal power(Expr.Power power) {
    BigDecimal base = of(power.base());
    NormalForm form = new Normalizer().of(power.exponent());
    Fraction exact = form.isConstant() ? form.constant() : null;
    if (exact != null && exact.isInteger()) {
      return integerPower(base, exact.numerator());
    }
    if (base.signum() == 0 && of(power.exponent()).signum() > 0) {
      return BigDecimal.ZERO;
    }
    if (base.signum() < 0 && exact != null && exact.denominator().testBit(0)) {
      BigDecimal size = real(base.negate(), exact.decimal(PRECISION));
      return exact.numerator().testBit(0) ? size.negate() : size;
    }
    return real(base, of(power.exponent()));
  }

  private static Fraction exact(Expr expr) {
    NormalForm form = new Normalizer().of(expr);
    if (!form.isConstant()) {
      throw new UndecidedException();
    }
    return form.constant();
  }

  private static BigDecimal real(BigDecimal base, BigDecimal exponent) {
    if (base.signum() <= 0) {
      throw new UndecidedException();
    }
    return Decimals.exp(Decimals.ln(base).multiply(exponent, PRECISION));
  }

  private static BigDecimal integerPower(BigDecimal base, BigInteger exponent) {
    if (exponent.bitLength() > 31 || Math.abs(exponent.longValueExact()) > MAX_EXPONENT) {
      throw new UndecidedException();
    }
    if (base.signum() == 0 && exponent.signum() <= 0) {
      throw new UndecidedException();
    }
    BigDecimal size = base.pow(exponent.abs().intValueExact(), PRECISION);
    return exponent.signum() < 0 ? BigDecimal.ONE.divide(size, PRECISION) : size;
  }

  private static BigDecimal call(String name, List<BigDecimal> arguments) {
    BigDecimal x = arguments.getFirst();
    return switch (name) {
      case "sin" -> Decimals.sin(x);
      case "cos" -> Decimals.cos(x);
      case "tan" -> over(Decimals.sin(x), Decimals.cos(x));
      case "cot" -> over(Decimals.cos(x), Decimals.sin(x));
      case "sec" -> over(BigDecimal.ONE, Decimals.cos(x));
      case "csc" -> over(BigDecimal.ONE, Decimals.sin(x));
      case "arcsin" -> Decimals.arcsin(x);
      case "arccos" ->
          Decimals.PI.divide(BigDecimal.TWO, PRECISION).subtract(Decimals.arcsin(x), PRECISION);
      case "arctan" -> Decimals.arctan(x);
      case "sinh" -> half(Decimals.exp(x).subtract(Decimals.exp(x.negate()), PRECISION));
      case "cosh" -> half(Decimals.exp(x).add(Decimals.exp(x.negate()), PRECISION));
      case "tanh" -> {
        BigDecimal square = Decimals.exp(x.add(x));
        yield over(
            square.subtract(BigDecimal.ONE, PRECISION), square.add(BigDecimal.ONE, PRECISION));
      }
      case "ln" -> Decimals.ln(x);
      case "abs" -> x.abs();
      case "degrees" -> x;
      default -> throw new UndecidedException();
    };
  }

  private static BigDecimal half(BigDecimal value) {
    return value.divide(BigDecimal.TWO, PRECISION);
  }

  private static BigDecimal over(BigDecimal one, BigDecimal other) {
    if (other.signum() == 0) {
      throw new UndecidedException();
    }
    return one.divide(other, PRECISION);
  }
}
