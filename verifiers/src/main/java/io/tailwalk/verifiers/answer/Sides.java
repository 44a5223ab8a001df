package io.tailwalk.verifiers.answer;

import java.util.List;

/** What the sides of an equation are like. */
final class Sides {
  private Sides() {}

  /** Whether a side between two signs continues with a clause: {@code 2x = 36 so x = 18}. */
  static boolean continuesWithClause(List<Token> side) {
    return side.stream()
        .anyMatch(
            token -> token.kind() == Token.Kind.WORD && token.text().matches("(?i)so|then|thus"));
  }

  /** Whether a side is a number with the reason for it: {@code 18 because 9 * 2 = 18}. */
  static boolean isReasoned(List<Token> side) {
    return !side.isEmpty()
        && side.getFirst().isNumber()
        && side.stream()
            .anyMatch(
                token -> token.kind() == Token.Kind.WORD && token.text().matches("because|since"));
  }

  static boolean mentions(List<Token> tokens, Token name) {
    return tokens.stream()
        .anyMatch(token -> token.kind() == name.kind() && token.text().equals(name.text()));
  }

  /** A side without the words that begin its sentence. */
  static List<Token> afterWords(List<Token> side) {
    int from = 0;
    while (from < side.size() && side.get(from).kind() == Token.Kind.WORD) {
      from++;
    }
    return side.subList(from, side.size());
  }

  static boolean isRounded(Expr value) {
    return value instanceof Expr.Num number && number.decimals() > 0;
  }

  static boolean isNumeric(List<Token> side) {
    return side.stream()
        .noneMatch(
            token -> token.kind() == Token.Kind.NAME && !Constants.NAMES.contains(token.text()));
  }
}
