package io.tailwalk.verifiers.answer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether two expressions are the same value. Exact normal forms decide where they are complete;
 * otherwise the values must agree to 40 digits at every point where both exist. A number that is
 * written with at least six decimals also equals an exact value of which it is the rounding,
 * because 0.3333333 is how 1/3 is written as a decimal.
 */
final class ExprEquality {
  private static final BigDecimal TOLERANCE = new BigDecimal("1e-40");
  private static final int POINTS = 8;
  private static final int NEEDED = 3;
  private static final int LEAST_DECIMALS = 6;

  private ExprEquality() {}

  static boolean same(Expr one, Expr other) {
    if (one.equals(other)) {
      return true;
    }
    if (isInfinite(one) || isInfinite(other)) {
      return isInfinite(one) && isInfinite(other) && infinitySign(one) == infinitySign(other);
    }
    if (hasMatrix(one) || hasMatrix(other)) {
      return sameMatrices(one, other);
    }
    return sameExactly(one, other) || isRounding(one, other) || isRounding(other, one);
  }

  /** Equality without roundings. */
  static boolean sameExactly(Expr one, Expr other) {
    try {
      var normalizer = new Normalizer();
      if (normalizer.minus(normalizer.of(one), normalizer.of(other)).isZero()) {
        return true;
      }
      if (normalizer.isComplete()) {
        return false;
      }
    } catch (UndecidedException e) {
      // numbers decide
    }
    return agreesAtPoints(one, other);
  }

  /** The real value of an expression without variables. */
  static BigDecimal value(Expr expr) {
    if (expr.hasVariables()) {
      throw new UndecidedException();
    }
    return new Evaluator(0).of(expr);
  }

  private static boolean agreesAtPoints(Expr one, Expr other) {
    boolean variables = one.hasVariables() || other.hasVariables();
    int agreeing = 0;
    for (int point = 0; point < (variables ? POINTS : 1); point++) {
      var evaluator = new Evaluator(point);
      BigDecimal left = valueOrNull(evaluator, one);
      BigDecimal right = valueOrNull(evaluator, other);
      if (left != null && right != null) {
        if (!close(left, right)) {
          return false;
        }
        agreeing++;
      }
    }
    return agreeing >= (variables ? NEEDED : 1);
  }

  private static @Nullable BigDecimal valueOrNull(Evaluator evaluator, Expr expr) {
    try {
      return evaluator.of(expr);
    } catch (UndecidedException | ArithmeticException e) {
      return null;
    }
  }

  private static boolean close(BigDecimal one, BigDecimal other) {
    BigDecimal size = one.abs().max(other.abs());
    BigDecimal difference = one.subtract(other, Decimals.PRECISION).abs();
    return size.signum() == 0
        || difference.compareTo(size.multiply(TOLERANCE, Decimals.PRECISION)) <= 0;
  }

  /** Whether the first is a decimal, rounded or cut, of the second, which is not a decimal. */
  private static boolean isRounding(Expr decimal, Expr exact) {
    if (!(decimal instanceof Expr.Num number)
        || number.decimals() < LEAST_DECIMALS
        || exact.contains(part -> part instanceof Expr.Num written && written.decimals() > 0)) {
      return false;
    }
    try {
      BigDecimal value = value(exact);
      BigDecimal written = number.value().decimal(Decimals.PRECISION);
      return List.of(RoundingMode.HALF_UP, RoundingMode.DOWN).stream()
          .anyMatch(mode -> value.setScale(number.decimals(), mode).compareTo(written) == 0);
    } catch (UndecidedException | ArithmeticException e) {
      return false;
    }
  }

  private static boolean isInfinite(Expr expr) {
    return infinitySign(expr) != 0;
  }

  /** 1 or -1 for infinity with its sign, 0 for everything else. */
  static int infinitySign(Expr expr) {
    return switch (expr) {
      case Expr.Sym symbol -> symbol.name().equals(Constants.INFINITY) ? 1 : 0;
      case Expr.Product product
          when product.factors().size() == 2
              && product.factors().getFirst().equals(Expr.Num.MINUS_ONE) ->
          -infinitySign(product.factors().getLast());
      default -> 0;
    };
  }

  private static boolean hasMatrix(Expr expr) {
    return expr.contains(Expr.Matrix.class::isInstance);
  }

  private static boolean sameMatrices(Expr one, Expr other) {
    try {
      return Matrices.value(one) instanceof Expr.Matrix left
          && Matrices.value(other) instanceof Expr.Matrix right
          && left.rows().size() == right.rows().size()
          && left.rows().getFirst().size() == right.rows().getFirst().size()
          && sameAll(left.parts(), right.parts());
    } catch (UndecidedException e) {
      return false;
    }
  }

  private static boolean sameAll(List<Expr> one, List<Expr> other) {
    for (int i = 0; i < one.size(); i++) {
      if (!same(one.get(i), other.get(i))) {
        return false;
      }
    }
    return one.size() == other.size();
  }
}
