package io.tailwalk.verifiers.answer;

import io.tailwalk.verifiers.answer.Answer.Interval;
import io.tailwalk.verifiers.answer.Answer.Listing;
import io.tailwalk.verifiers.answer.Answer.Quantity;
import io.tailwalk.verifiers.answer.Answer.Relation;
import io.tailwalk.verifiers.answer.Answer.Shape;
import io.tailwalk.verifiers.answer.Answer.Union;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A part of the real line.
 *
 * @param pieces intervals in ascending order that do not touch; a point is a closed interval
 */
record Region(List<Interval> pieces) {
  private static final BigDecimal LARGE = new BigDecimal("1e9000");
  private static final Expr INFINITY = new Expr.Sym(Constants.INFINITY);
  private static final Expr MINUS_INFINITY = Expr.negated(INFINITY);

  /** The region that an answer describes, if it describes one. */
  static Optional<Region> of(Answer answer) {
    try {
      return Optional.of(new Region(joined(pieces(answer))));
    } catch (UndecidedException e) {
      return Optional.empty();
    }
  }

  boolean sameAs(Region other) {
    return Matching.ordered(pieces, other.pieces, Region::same);
  }

  private static boolean same(Interval one, Interval other) {
    return one.lowIn() == other.lowIn()
        && one.highIn() == other.highIn()
        && ExprEquality.same(one.low(), other.low())
        && ExprEquality.same(one.high(), other.high());
  }

  private static List<Interval> pieces(Answer answer) {
    return switch (answer) {
      case Interval interval -> List.of(interval);
      case Union union -> union.sets().stream().flatMap(set -> pieces(set).stream()).toList();
      case Listing listing when listing.shape() == Shape.SET ->
          listing.items().stream().map(Region::point).toList();
      case Listing listing when interval(listing).isPresent() ->
          interval(listing).stream().toList();
      case Listing listing when listing.shape() == Shape.LIST -> alternatives(listing);
      case Relation relation when relation.sides().size() == 2 -> one(relation);
      case Relation relation -> chain(Relations.ascending(relation));
      default -> throw new UndecidedException();
    };
  }

  /** An interval, also an open one that is written as a pair; empty for other answers. */
  static Optional<Interval> interval(Answer answer) {
    return switch (answer) {
      case Interval interval -> Optional.of(interval);
      case Listing listing
          when listing.shape() == Shape.TUPLE
              && listing.items().size() == 2
              && listing.items().getFirst() instanceof Quantity low
              && listing.items().getLast() instanceof Quantity high ->
          Optional.of(new Interval(low.value(), false, high.value(), false));
      default -> Optional.empty();
    };
  }

  /**
   * The pieces of inequalities for one variable. They must not touch: then no value fulfils two of
   * them, so that "or" is meant.
   */
  private static List<Interval> alternatives(Listing listing) {
    List<Interval> pieces = new ArrayList<>();
    Set<Expr> variables = new HashSet<>();
    for (Answer item : listing.items()) {
      if (!(item instanceof Relation relation)) {
        throw new UndecidedException();
      }
      relation.sides().stream().filter(side -> !isValue(side)).forEach(variables::add);
      pieces.addAll(pieces(relation));
    }
    if (variables.size() != 1 || joined(pieces).size() != pieces.size()) {
      throw new UndecidedException();
    }
    return pieces;
  }

  private static Interval point(Answer answer) {
    if (answer instanceof Quantity quantity) {
      return new Interval(quantity.value(), true, quantity.value(), true);
    }
    throw new UndecidedException();
  }

  /** The values of the variable for which an inequality is true. */
  private static List<Interval> one(Relation relation) {
    Relation written = isValue(relation.sides().getFirst()) ? Relations.turned(relation) : relation;
    Expr variable = written.sides().getFirst();
    Expr end = written.sides().getLast();
    String sign = written.signs().getFirst();
    if (!isValue(end)) {
      throw new UndecidedException();
    }
    if (isAbsolute(variable)) {
      return ofAbsolute(end, sign);
    }
    if (!isVariable(variable)) {
      throw new UndecidedException();
    }
    boolean in = sign.length() == 2;
    var below = new Interval(MINUS_INFINITY, false, end, in);
    var above = new Interval(end, in, INFINITY, false);
    return switch (sign) {
      case "<", "<=" -> List.of(below);
      case ">", ">=" -> List.of(above);
      case "!=" ->
          List.of(
              new Interval(MINUS_INFINITY, false, end, false),
              new Interval(end, false, INFINITY, false));
      default -> throw new UndecidedException();
    };
  }

  /** The values of the variable between two ends. */
  private static List<Interval> chain(Relation relation) {
    List<Expr> sides = relation.sides();
    List<String> signs = relation.signs();
    boolean ascending = sides.size() == 3 && signs.stream().allMatch(sign -> sign.startsWith("<"));
    if (!ascending || !isValue(sides.getFirst()) || !isValue(sides.getLast())) {
      throw new UndecidedException();
    }
    boolean lowIn = signs.getFirst().endsWith("=");
    boolean highIn = signs.getLast().endsWith("=");
    var interval = new Interval(sides.getFirst(), lowIn, sides.getLast(), highIn);
    if (isAbsolute(sides.get(1)) && value(sides.getFirst()).signum() > 0) {
      return List.of(
          interval,
          new Interval(Expr.negated(interval.high()), highIn, Expr.negated(interval.low()), lowIn));
    }
    if (!isVariable(sides.get(1))) {
      throw new UndecidedException();
    }
    return List.of(interval);
  }

  private static boolean isValue(Expr expr) {
    return !expr.hasVariables();
  }

  /** The values whose size is below or above a positive end. */
  private static List<Interval> ofAbsolute(Expr end, String sign) {
    if (sign.equals("!=") || value(end).signum() <= 0) {
      throw new UndecidedException();
    }
    boolean in = sign.endsWith("=");
    Expr minus = Expr.negated(end);
    return sign.startsWith("<")
        ? List.of(new Interval(minus, in, end, in))
        : List.of(
            new Interval(MINUS_INFINITY, false, minus, in), new Interval(end, in, INFINITY, false));
  }

  private static boolean isAbsolute(Expr expr) {
    return expr instanceof Expr.Call call
        && call.name().equals("abs")
        && isVariable(call.arguments().getFirst());
  }

  /** A name, or a function of names. */
  private static boolean isVariable(Expr expr) {
    return (expr instanceof Expr.Sym symbol && !Constants.NAMES.contains(symbol.name()))
        || (expr instanceof Expr.Call call && !Constants.FUNCTIONS.contains(call.name()));
  }

  private static List<Interval> joined(List<Interval> pieces) {
    List<Interval> sorted = new ArrayList<>(pieces);
    sorted.removeIf(Region::isEmpty);
    sorted.sort(
        Comparator.comparing((Interval piece) -> value(piece.low()))
            .thenComparing(piece -> !piece.lowIn()));
    List<Interval> joined = new ArrayList<>();
    for (Interval piece : sorted) {
      Interval last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && touch(last, piece)) {
        joined.set(joined.size() - 1, hull(last, piece));
      } else {
        joined.add(piece);
      }
    }
    return joined;
  }

  private static boolean isEmpty(Interval piece) {
    int order = value(piece.low()).compareTo(value(piece.high()));
    return order > 0 || (order == 0 && !(piece.lowIn() && piece.highIn()));
  }

  private static boolean touch(Interval one, Interval next) {
    int order = value(next.low()).compareTo(value(one.high()));
    return order < 0 || (order == 0 && (next.lowIn() || one.highIn()));
  }

  private static Interval hull(Interval one, Interval next) {
    int order = value(next.high()).compareTo(value(one.high()));
    return order < 0
        ? one
        : new Interval(
            one.low(), one.lowIn(), next.high(), next.highIn() || (order == 0 && one.highIn()));
  }

  private static BigDecimal value(Expr expr) {
    int sign = ExprEquality.infinitySign(expr);
    return sign == 0 ? ExprEquality.value(expr) : LARGE.multiply(BigDecimal.valueOf(sign));
  }
}
