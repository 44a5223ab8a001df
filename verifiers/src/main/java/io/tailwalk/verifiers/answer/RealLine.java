package io.tailwalk.verifiers.answer;

import io.tailwalk.verifiers.answer.Answer.Interval;
import io.tailwalk.verifiers.answer.Answer.Listing;
import io.tailwalk.verifiers.answer.Answer.Quantity;
import io.tailwalk.verifiers.answer.Answer.Shape;
import io.tailwalk.verifiers.answer.Answer.Union;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The set of all real numbers. */
final class RealLine {
  /** The name that the lexer gives to {@code \mathbb{R}}. */
  static final String NAME = "all real numbers";

  private static final Expr INFINITY = new Expr.Sym(Constants.INFINITY);

  static final Interval ALL = new Interval(Expr.negated(INFINITY), false, INFINITY, false);

  private RealLine() {}

  /** Whether a token names it, in words or as a letter. */
  static boolean isNamed(Token token) {
    return (token.kind() == Token.Kind.NAME || token.kind() == Token.Kind.WORD)
        && token.text().matches("(?i)(?:all )?real numbers|all reals");
  }

  /**
   * All real numbers without finitely many, or without an interval.
   *
   * @throws UndecidedException if the sets are others
   */
  static Answer without(Answer all, Answer removed) {
    Optional<Interval> interval = Region.interval(removed);
    if (all.equals(ALL) && interval.isPresent()) {
      Interval hole = interval.get();
      return new Union(
          List.of(
              new Interval(ALL.low(), false, hole.low(), !hole.lowIn()),
              new Interval(hole.high(), !hole.highIn(), INFINITY, false)));
    }
    if (!all.equals(ALL) || !(removed instanceof Listing set) || set.shape() != Shape.SET) {
      throw new UndecidedException();
    }
    List<Expr> points = new ArrayList<>();
    for (Answer item : set.items()) {
      if (!(item instanceof Quantity quantity)) {
        throw new UndecidedException();
      }
      points.add(quantity.value());
    }
    points.sort(Comparator.comparing(ExprEquality::value));
    List<Answer> pieces = new ArrayList<>();
    Expr low = ALL.low();
    for (Expr point : points) {
      pieces.add(new Interval(low, false, point, false));
      low = point;
    }
    pieces.add(new Interval(low, false, INFINITY, false));
    return new Union(pieces);
  }
}
