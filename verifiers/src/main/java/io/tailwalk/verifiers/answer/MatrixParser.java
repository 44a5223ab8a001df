package io.tailwalk.verifiers.answer;

import java.util.ArrayList;
import java.util.List;

/** Reads a matrix after {@code \begin}. */
final class MatrixParser {
  /** Largest size of a determinant. */
  private static final int MAX_DETERMINANT = 5;

  private final ExprParser parser;

  MatrixParser(ExprParser parser) {
    this.parser = parser;
  }

  /**
   * The matrix up to its {@code \end}.
   *
   * @throws UndecidedException if it is another environment, or its rows differ in length
   */
  Expr matrix() {
    String environment = environment();
    if (!environment.matches("[pbBv]?matrix|smallmatrix|array")) {
      throw new UndecidedException();
    }
    if (environment.equals("array") && parser.accept("{")) {
      while (!parser.accept("}")) {
        parser.take();
      }
    }
    List<List<Expr>> rows = new ArrayList<>();
    List<Expr> row = new ArrayList<>();
    while (true) {
      if (!parser.peek().isCommand("end")) {
        row.add(parser.sum());
      }
      if (parser.accept("&")) {
        continue;
      }
      if (!row.isEmpty()) {
        rows.add(List.copyOf(row));
        row.clear();
      }
      if (!parser.accept("\\\\")) {
        break;
      }
    }
    if (!parser.take().isCommand("end") || !environment().equals(environment)) {
      throw new UndecidedException();
    }
    if (rows.isEmpty() || rows.stream().anyMatch(r -> r.size() != rows.getFirst().size())) {
      throw new UndecidedException();
    }
    return environment.equals("vmatrix") ? determinant(rows) : new Expr.Matrix(rows);
  }

  /** The determinant, expanded along the first row. */
  private static Expr determinant(List<List<Expr>> rows) {
    if (rows.size() != rows.getFirst().size() || rows.size() > MAX_DETERMINANT) {
      throw new UndecidedException();
    }
    if (rows.size() == 1) {
      return rows.getFirst().getFirst();
    }
    List<Expr> terms = new ArrayList<>();
    for (int column = 0; column < rows.size(); column++) {
      List<List<Expr>> minor = new ArrayList<>();
      for (List<Expr> row : rows.subList(1, rows.size())) {
        List<Expr> rest = new ArrayList<>(row);
        rest.remove(column);
        minor.add(rest);
      }
      Expr term = new Expr.Product(List.of(rows.getFirst().get(column), determinant(minor)));
      terms.add(column % 2 == 0 ? term : Expr.negated(term));
    }
    return new Expr.Sum(terms);
  }

  private String environment() {
    parser.expect("{");
    StringBuilder name = new StringBuilder();
    while (!parser.is("}")) {
      name.append(parser.take().text());
    }
    parser.expect("}");
    return name.toString();
  }
}
