package io.tailwalk.verifiers.answer;

import io.tailwalk.verifiers.answer.Answer.Relation;
import java.util.List;

/** Equations and inequalities that say the same. */
final class Relations {
  private Relations() {}

  /**
   * Whether the differences of the sides are the same up to a constant factor, which is positive
   * for inequalities; chains are compared side by side.
   */
  static boolean same(Relation want, Relation found) {
    if (want.signs().size() == 1 && found.signs().size() == 1) {
      return sameDifferences(want, found) || sameDifferences(want, turned(found));
    }
    return sides(want, found) || sides(want, turned(found));
  }

  private static boolean sides(Relation want, Relation found) {
    return want.signs().equals(found.signs())
        && Matching.ordered(want.sides(), found.sides(), ExprEquality::same);
  }

  private static boolean sameDifferences(Relation want, Relation found) {
    String sign = want.signs().getFirst();
    if (!sign.equals(found.signs().getFirst())) {
      return false;
    }
    Expr one = difference(want);
    Expr other = difference(found);
    if (!one.hasVariables() || !other.hasVariables()) {
      return sides(want, found);
    }
    if (ExprEquality.sameExactly(one, other)) {
      return true;
    }
    try {
      var normalizer = new Normalizer();
      NormalForm left = normalizer.of(one);
      NormalForm right = normalizer.of(other);
      NormalForm factor = factor(normalizer, left, right);
      boolean proportional =
          factor.isConstant() && normalizer.minus(left, normalizer.times(factor, right)).isZero();
      boolean equation = sign.equals("=") || sign.equals("!=");
      return proportional
          && (equation ? factor.constant().signum() != 0 : factor.constant().signum() > 0);
    } catch (UndecidedException e) {
      return false;
    }
  }

  /** The quotient of the coefficients of the first term of both, as a candidate of the factor. */
  private static NormalForm factor(Normalizer normalizer, NormalForm left, NormalForm right) {
    if (left.isZero() || right.isZero()) {
      throw new UndecidedException();
    }
    Fraction one = left.over().terms().firstEntry().getValue();
    Fraction other = right.over().terms().firstEntry().getValue();
    NormalForm under =
        normalizer.quotient(NormalForm.of(left.under()), NormalForm.of(right.under()));
    Fraction scale = under.isConstant() ? under.constant() : Fraction.ONE;
    return NormalForm.of(one.over(other).over(scale));
  }

  private static Expr difference(Relation relation) {
    return Expr.difference(relation.sides().getFirst(), relation.sides().getLast());
  }

  /** The same relation read from right to left. */
  static Relation turned(Relation relation) {
    return new Relation(
        relation.sides().reversed(),
        relation.signs().reversed().stream().map(Relations::turned).toList());
  }

  private static String turned(String sign) {
    return switch (sign) {
      case "<" -> ">";
      case ">" -> "<";
      case "<=" -> ">=";
      case ">=" -> "<=";
      default -> sign;
    };
  }

  /** The sides from the smallest to the largest, so that the signs are {@code <} and {@code <=}. */
  static Relation ascending(Relation relation) {
    return relation.signs().stream().allMatch(sign -> List.of(">", ">=").contains(sign))
        ? turned(relation)
        : relation;
  }
}
