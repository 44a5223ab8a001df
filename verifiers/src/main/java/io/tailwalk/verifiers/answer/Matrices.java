package io.tailwalk.verifiers.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Sums and products of matrices, multiplied out. */
final class Matrices {
  private static final int MAX_ENTRIES = 400;

  private Matrices() {}

  /**
   * The expression as one matrix, or unchanged if it contains none.
   *
   * @throws UndecidedException if shapes do not fit
   */
  static Expr value(Expr expr) {
    if (!expr.contains(Expr.Matrix.class::isInstance)) {
      return expr;
    }
    return switch (expr) {
      case Expr.Matrix matrix -> matrix;
      case Expr.Sum sum ->
          sum.terms().stream().map(Matrices::value).reduce(Matrices::plus).orElseThrow();
      case Expr.Product product ->
          product.factors().stream().map(Matrices::value).reduce(Matrices::times).orElseThrow();
      case Expr.Num _, Expr.Sym _, Expr.Power _, Expr.Call _ -> throw new UndecidedException();
    };
  }

  private static Expr plus(Expr one, Expr other) {
    if (one instanceof Expr.Matrix left
        && other instanceof Expr.Matrix right
        && left.rows().size() == right.rows().size()
        && width(left) == width(right)) {
      return matrix(
          left.rows().size(),
          width(left),
          (i, j) -> new Expr.Sum(List.of(left.rows().get(i).get(j), right.rows().get(i).get(j))));
    }
    throw new UndecidedException();
  }

  private static Expr times(Expr one, Expr other) {
    if (one instanceof Expr.Matrix left && other instanceof Expr.Matrix right) {
      if (width(left) != right.rows().size()) {
        throw new UndecidedException();
      }
      return matrix(
          left.rows().size(),
          width(right),
          (i, j) ->
              new Expr.Sum(
                  IntStream.range(0, width(left))
                      .mapToObj(k -> product(left.rows().get(i).get(k), right.rows().get(k).get(j)))
                      .toList()));
    }
    if (one instanceof Expr.Matrix left) {
      return left.mapped(entry -> product(other, entry));
    }
    return other instanceof Expr.Matrix right
        ? right.mapped(entry -> product(one, entry))
        : product(one, other);
  }

  private static Expr product(Expr one, Expr other) {
    return new Expr.Product(List.of(one, other));
  }

  private static int width(Expr.Matrix matrix) {
    return matrix.rows().getFirst().size();
  }

  private interface Entry {
    Expr at(int row, int column);
  }

  private static Expr.Matrix matrix(int rows, int columns, Entry entry) {
    if (rows * columns > MAX_ENTRIES) {
      throw new UndecidedException();
    }
    List<List<Expr>> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int row = i;
      all.add(IntStream.range(0, columns).mapToObj(j -> entry.at(row, j)).toList());
    }
    return new Expr.Matrix(all);
  }
}
