package io.tailwalk.verifiers.answer;

import java.util.ArrayList;
import java.util.List;

/** Reads a matrix after {@code \begin}. */
final class MatrixParser {
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
    if (!environment.matches("[pbvB]?matrix|smallmatrix|array")) {
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
    return new Expr.Matrix(rows);
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
