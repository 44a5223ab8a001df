package io.tailwalk.verifiers.answer;

import io.tailwalk.verifiers.answer.Answer.Ratio;
import java.util.ArrayList;
import java.util.List;

/** Ratios and times of day. */
final class Ratios {
  private Ratios() {}

  static Ratio parse(List<List<Token>> parts) {
    List<Expr> values = new ArrayList<>();
    for (List<Token> part : parts.subList(0, parts.size() - 1)) {
      values.add(ExprParser.parse(part));
    }
    List<Token> last = parts.getLast();
    var parser = new ExprParser(last);
    values.add(parser.sum());
    int end = parser.position() - (parser.length() - last.size());
    String unit = Units.read(last.subList(end, last.size()));
    return new Ratio(values, isClock(parts), unit);
  }

  /** Whether it may be a time of day, which is not the same as a proportional one. */
  private static boolean isClock(List<List<Token>> parts) {
    return parts.size() < 4
        && parts.getFirst().size() == 1
        && parts.getFirst().getFirst().text().matches("\\d{1,2}")
        && parts.stream()
            .skip(1)
            .allMatch(part -> !part.isEmpty() && part.getFirst().text().matches("[0-5]\\d"));
  }

  static boolean same(Ratio want, Ratio found) {
    if (want.parts().size() != found.parts().size() || !Units.fit(want.unit(), found.unit())) {
      return false;
    }
    boolean equal = true;
    boolean proportional = !want.clock();
    Expr one = want.parts().getFirst();
    Expr other = found.parts().getFirst();
    for (int i = 0; i < want.parts().size(); i++) {
      equal &= ExprEquality.same(want.parts().get(i), found.parts().get(i));
      proportional &=
          ExprEquality.sameExactly(
              new Expr.Product(List.of(want.parts().get(i), other)),
              new Expr.Product(List.of(found.parts().get(i), one)));
    }
    return equal || (proportional && !isZero(one) && !isZero(other));
  }

  private static boolean isZero(Expr expr) {
    return ExprEquality.sameExactly(expr, Expr.number(Fraction.ZERO));
  }

  /** The quotient of a ratio of two values that is not a time. */
  static Expr quotient(Ratio ratio) {
    if (ratio.clock() || ratio.parts().size() != 2) {
      throw new UndecidedException();
    }
    return Expr.quotient(ratio.parts().getFirst(), ratio.parts().getLast());
  }
}
