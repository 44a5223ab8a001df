package io.tailwalk.verifiers.answer;

import java.util.List;
import java.util.function.UnaryOperator;

/** An algebraic expression as it is written. */
sealed interface Expr {

  /**
   * A number.
   *
   * @param value its exact value
   * @param decimals the digits written after a decimal point; 0 without a point
   */
  record Num(Fraction value, int decimals) implements Expr {
    static final Num MINUS_ONE = new Num(Fraction.of(-1), 0);
  }

  /** A name: a letter with its subscript, {@code pi}, {@code e}, {@code i}, {@code infinity}. */
  record Sym(String name) implements Expr {}

  /** A sum of at least one term. */
  record Sum(List<Expr> terms) implements Expr {}

  /** A product of at least one factor. */
  record Product(List<Expr> factors) implements Expr {}

  /** A power; quotients and roots are powers too. */
  record Power(Expr base, Expr exponent) implements Expr {}

  /** A function of its arguments; {@code pm} is the second argument with either sign. */
  record Call(String name, List<Expr> arguments) implements Expr {}

  /** A matrix with rows of equal length. */
  record Matrix(List<List<Expr>> rows) implements Expr {}

  static Expr number(Fraction value) {
    return new Num(value, 0);
  }

  static Expr negated(Expr term) {
    return term instanceof Num number
        ? new Num(number.value.negated(), number.decimals)
        : new Product(List.of(Num.MINUS_ONE, term));
  }

  static Expr difference(Expr one, Expr other) {
    return new Sum(List.of(one, negated(other)));
  }

  static Expr quotient(Expr over, Expr under) {
    return new Product(List.of(over, new Power(under, Num.MINUS_ONE)));
  }

  static Expr root(Expr radicand, Expr degree) {
    return new Power(radicand, new Power(degree, Num.MINUS_ONE));
  }

  /** The same expression with every direct part replaced. */
  default Expr mapped(UnaryOperator<Expr> change) {
    return switch (this) {
      case Num number -> number;
      case Sym symbol -> symbol;
      case Sum sum -> new Sum(sum.terms.stream().map(change).toList());
      case Product product -> new Product(product.factors.stream().map(change).toList());
      case Power power -> new Power(change.apply(power.base), change.apply(power.exponent));
      case Call call -> new Call(call.name, call.arguments.stream().map(change).toList());
      case Matrix matrix ->
          new Matrix(matrix.rows.stream().map(row -> row.stream().map(change).toList()).toList());
    };
  }

  /** The direct parts. */
  default List<Expr> parts() {
    return switch (this) {
      case Num _, Sym _ -> List.of();
      case Sum sum -> sum.terms;
      case Product product -> product.factors;
      case Power power -> List.of(power.base, power.exponent);
      case Call call -> call.arguments;
      case Matrix matrix -> matrix.rows.stream().flatMap(List::stream).toList();
    };
  }

  /** Whether a part at any depth, or the expression itself, satisfies a condition. */
  default boolean contains(java.util.function.Predicate<Expr> condition) {
    return condition.test(this) || parts().stream().anyMatch(part -> part.contains(condition));
  }

  /** Whether the expression has a variable or a function that is not known. */
  default boolean hasVariables() {
    return contains(part ->
        (part instanceof Sym symbol && !Constants.NAMES.contains(symbol.name))
            || (part instanceof Call call && !Constants.FUNCTIONS.contains(call.name)));
  }

  /** Both signs of every {@code pm}: one expression without, otherwise two. */
  default List<Expr> signs() {
    return contains(part -> part instanceof Call call && call.name.equals("pm"))
        ? List.of(signed(this, true), signed(this, false))
        : List.of(this);
  }

  private static Expr signed(Expr expr, boolean plus) {
    if (expr instanceof Call call && call.name.equals("pm")) {
      Expr inner = signed(call.arguments.getFirst(), plus);
      boolean flipped = call.arguments.size() > 1;
      return plus == flipped ? negated(inner) : inner;
    }
    return expr.mapped(part -> signed(part, plus));
  }
}
