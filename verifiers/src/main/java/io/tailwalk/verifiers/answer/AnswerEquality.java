package io.tailwalk.verifiers.answer;

import io.tailwalk.verifiers.answer.Answer.Interval;
import io.tailwalk.verifiers.answer.Answer.Listing;
import io.tailwalk.verifiers.answer.Answer.Named;
import io.tailwalk.verifiers.answer.Answer.Quantity;
import io.tailwalk.verifiers.answer.Answer.Ratio;
import io.tailwalk.verifiers.answer.Answer.Relation;
import io.tailwalk.verifiers.answer.Answer.Shape;
import io.tailwalk.verifiers.answer.Answer.Union;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether an answer is the wanted one. */
final class AnswerEquality {
  private static final Fraction HUNDRED = Fraction.of(100);

  private AnswerEquality() {}

  /** Whether an answer that was found is the wanted one. */
  static boolean same(Answer want, Answer found) {
    try {
      return agrees(want, found);
    } catch (UndecidedException | ArithmeticException e) {
      return false;
    }
  }

  private static boolean agrees(Answer want, Answer found) {
    if (want instanceof Named one && found instanceof Named other) {
      return (one.name().equals(other.name()) && agrees(one.value(), other.value()))
          || sameEquations(one, other);
    }
    if (want instanceof Named named) {
      return (isEquation(found) && named.value() instanceof Quantity)
          ? sameEquations(named, found)
          : agrees(named.alone(), found);
    }
    if (found instanceof Named named) {
      return (isEquation(want) && named.value() instanceof Quantity)
          ? sameEquations(want, named)
          : agrees(want, named.alone());
    }
    Answer one = single(want);
    Answer other = single(found);
    if (one instanceof Quantity left && other instanceof Quantity right) {
      return sameQuantities(left, right);
    }
    if (one instanceof Ratio left && other instanceof Ratio right) {
      return Ratios.same(left, right);
    }
    if (one instanceof Ratio left && other instanceof Quantity right) {
      return ExprEquality.sameExactly(Ratios.quotient(left), right.value());
    }
    if (one instanceof Quantity left && other instanceof Ratio right) {
      return ExprEquality.sameExactly(left.value(), Ratios.quotient(right));
    }
    if (one instanceof Relation left && other instanceof Relation right) {
      return Relations.same(left, right) || sameRegions(one, other);
    }
    if (one instanceof Listing left && other instanceof Listing right) {
      return sameListings(left, right);
    }
    return sameRegions(one, other);
  }

  private static boolean isEquation(Answer answer) {
    return answer instanceof Relation relation && relation.signs().equals(List.of("="));
  }

  /** A set or list of one element is the element, unless that is a set. */
  private static Answer single(Answer answer) {
    return answer instanceof Listing listing
            && listing.items().size() == 1
            && !(listing.items().getFirst() instanceof Listing inner && inner.shape() == Shape.SET)
        ? listing.items().getFirst()
        : answer;
  }

  private static boolean sameEquations(Answer one, Answer other) {
    return Relations.same(equation(one), equation(other));
  }

  private static Relation equation(Answer answer) {
    return switch (answer) {
      case Relation relation -> relation;
      case Named named when named.value() instanceof Quantity quantity ->
          new Relation(List.of(named.left(), quantity.value()), List.of("="));
      default -> throw new UndecidedException();
    };
  }

  /** 50% is 0.5 and, because many answers leave the sign out, 50. */
  private static boolean sameQuantities(Quantity want, Quantity found) {
    if (!Units.fit(want.unit(), found.unit())) {
      return false;
    }
    if (isCapitals(want.value()) && isCapitals(found.value())) {
      return want.value().equals(found.value());
    }
    if (want.percent() == found.percent()) {
      return sameWithUnitLetter(want, found);
    }
    if (!want.unit().isEmpty() || !found.unit().isEmpty()) {
      return false;
    }
    Expr percent = want.percent() ? want.value() : found.value();
    Expr plain = want.percent() ? found.value() : want.value();
    return ExprEquality.same(percent, plain)
        || ExprEquality.same(Expr.quotient(percent, Expr.number(HUNDRED)), plain);
  }

  /** Capital letters in a row name a figure or an order, so their order matters. */
  private static boolean isCapitals(Expr expr) {
    return expr instanceof Expr.Product product
        && product.factors().stream()
            .allMatch(factor ->
                factor instanceof Expr.Sym symbol
                    && symbol.name().length() == 1
                    && Character.isUpperCase(symbol.name().charAt(0)));
  }

  private static boolean sameWithUnitLetter(Quantity want, Quantity found) {
    if (ExprEquality.same(want.value(), found.value())) {
      return true;
    }
    return !Lexicon.CURRENCIES.containsValue(found.unit())
        && want.value() instanceof Expr.Num
        && found.value() instanceof Expr.Product product
        && product.factors().size() == 2
        && product.factors().getFirst() instanceof Expr.Num number
        && isUnitLetter(product.factors().getLast(), want.unit())
        && ExprEquality.same(want.value(), number);
  }

  /** A letter after a number that can be a unit: 50s, 3.5 m^2. */
  private static boolean isUnitLetter(Expr factor, String unit) {
    Expr letter =
        factor instanceof Expr.Power power && power.exponent() instanceof Expr.Num
            ? power.base()
            : factor;
    return letter instanceof Expr.Sym symbol
        && !symbol.name().equals("in")
        && !Lexicon.unit(symbol.name()).isEmpty()
        && (factor instanceof Expr.Power || Units.fit(unit, Lexicon.unit(symbol.name())));
  }

  private static boolean sameRegions(Answer one, Answer other) {
    if (!isRegion(one) && !isRegion(other)) {
      return false;
    }
    Optional<Region> left = Region.of(one);
    Optional<Region> right = Region.of(other);
    return left.isPresent() && right.isPresent() && left.get().sameAs(right.get());
  }

  private static boolean isRegion(Answer answer) {
    return answer instanceof Interval || answer instanceof Union || answer instanceof Relation;
  }

  private static boolean sameListings(Listing want, Listing found) {
    List<Answer> one = want.items();
    List<Answer> other = found.items();
    boolean tuple = want.shape() == Shape.TUPLE || found.shape() == Shape.TUPLE;
    if (tuple && (want.shape() == Shape.SET || found.shape() == Shape.SET)) {
      return false;
    }
    Set<String> wantNames = names(one);
    Set<String> foundNames = names(other);
    if (!wantNames.isEmpty() && !foundNames.isEmpty() && !tuple) {
      boolean shared = wantNames.size() == 1 && wantNames.equals(foundNames);
      return shared
          ? Matching.unordered(values(one), values(other), AnswerEquality::same)
          : allNamed(one)
              && allNamed(other)
              && Matching.unordered(one, other, AnswerEquality::same);
    }
    if (tuple || wantNames.size() > 1 || foundNames.size() > 1) {
      return Matching.ordered(one, other, AnswerEquality::same);
    }
    boolean set =
        want.shape() == Shape.SET
            || found.shape() == Shape.SET
            || one.stream().allMatch(Listing.class::isInstance);
    List<Answer> left = values(one);
    List<Answer> right = values(other);
    return set
        ? Matching.unordered(
            Matching.distinct(left, AnswerEquality::same),
            Matching.distinct(right, AnswerEquality::same),
            AnswerEquality::same)
        : Matching.unordered(left, right, AnswerEquality::same);
  }

  private static Set<String> names(List<Answer> items) {
    Set<String> names = new HashSet<>();
    for (Answer item : items) {
      if (item instanceof Named named) {
        names.add(named.name());
      }
    }
    return names;
  }

  private static boolean allNamed(List<Answer> items) {
    return items.stream().allMatch(Named.class::isInstance);
  }

  private static List<Answer> values(List<Answer> items) {
    List<Answer> values = new ArrayList<>();
    for (Answer item : items) {
      Answer value = item instanceof Named named ? named.value() : item;
      if (value instanceof Listing listing && listing.shape() == Shape.LIST) {
        values.addAll(listing.items());
      } else {
        values.add(value);
      }
    }
    return values;
  }
}
