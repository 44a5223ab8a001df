package io.tailwalk.verifiers.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Left sides of equations that name what the right side is, such as {@code x}, {@code f(x)}. */
final class Names {
  private static final Set<String> SIGNS =
      Set.of("_", "'", "(", ")", "{", "}", "|", ",", ";", ":", "/");
  private static final Set<String> COMMANDS =
      Set.of(
          "frac",
          "overline",
          "overrightarrow",
          "widehat",
          "hat",
          "vec",
          "underline",
          "sin",
          "cos",
          "tan");

  private Names() {}

  /**
   * A named value after the variable of a function has been renamed.
   *
   * @param name the name in one spelling
   * @param left the name as an expression; a plain symbol where it is none
   * @param right the value
   */
  record Bound(String name, Expr left, List<Token> right) {}

  /** Whether tokens name a value: names with subscripts and arguments, quotients of names. */
  static boolean isName(List<Token> tokens) {
    boolean named = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean inSubscript = i > 0 && isSubscript(tokens, i);
      boolean argument = isArgument(tokens, i);
      named |= token.kind() == Token.Kind.NAME || token.kind() == Token.Kind.WORD;
      boolean fits =
          switch (token.kind()) {
            case NAME, WORD ->
                !token.text().equals(Constants.PI) && !token.text().equals(Constants.INFINITY);
            case NUMBER -> inSubscript || argument;
            case COMMAND -> COMMANDS.contains(token.text());
            case SIGN -> SIGNS.contains(token.text()) || inSubscript;
          };
      if (!fits) {
        return false;
      }
    }
    return named;
  }

  /** Whether a token is an argument of a name: the 1 or 2 of {@code f(1, 2)}. */
  private static boolean isArgument(List<Token> tokens, int at) {
    int open = at - 1;
    while (open > 0 && (tokens.get(open).isNumber() || tokens.get(open).isSign(","))) {
      open--;
    }
    return open > 0
        && tokens.get(open).isSign("(")
        && tokens.get(open - 1).kind() == Token.Kind.NAME;
  }

  private static boolean isSubscript(List<Token> tokens, int at) {
    if (tokens.get(at - 1).isSign("_")) {
      return true;
    }
    for (int i = at - 1; i > 0; i--) {
      if (tokens.get(i).isSign("}")) {
        return false;
      }
      if (tokens.get(i).isSign("{")) {
        return tokens.get(i - 1).isSign("_");
      }
    }
    return false;
  }

  /** Gives the variable of {@code f(x)} one name on both sides. */
  static Bound bound(List<Token> left, List<Token> right) {
    boolean function =
        left.size() >= 4
            && left.getFirst().kind() == Token.Kind.NAME
            && left.getLast().isSign(")")
            && left.get(left.size() - 2).kind() == Token.Kind.NAME
            && left.get(left.size() - 3).isSign("(");
    List<Token> name = left;
    List<Token> value = right;
    if (function) {
      String variable = left.get(left.size() - 2).text();
      name = renamed(left, variable);
      value = renamed(right, variable);
    }
    String text =
        name.stream()
            .map(Token::text)
            .filter(t -> !t.matches("[{}]|vec|overrightarrow"))
            .collect(Collectors.joining());
    return new Bound(text, expression(name, text), value);
  }

  private static Expr expression(List<Token> name, String text) {
    try {
      return ExprParser.parse(name);
    } catch (UndecidedException e) {
      return new Expr.Sym("name " + text);
    }
  }

  private static List<Token> renamed(List<Token> tokens, String variable) {
    List<Token> renamed = new ArrayList<>();
    for (Token token : tokens) {
      renamed.add(
          token.kind() == Token.Kind.NAME && token.text().equals(variable)
              ? new Token(Token.Kind.NAME, "argument", token.spaced())
              : token);
    }
    return renamed;
  }
}
