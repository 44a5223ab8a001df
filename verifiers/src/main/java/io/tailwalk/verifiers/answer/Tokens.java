package io.tailwalk.verifiers.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parts of token lists outside brackets. */
final class Tokens {
  private Tokens() {}

  /** The parts between separators that are not in brackets. */
  static List<List<Token>> split(List<Token> tokens, String separator) {
    List<List<Token>> parts = new ArrayList<>();
    int from = 0;
    for (int position : positions(tokens, Set.of(separator))) {
      parts.add(tokens.subList(from, position));
      from = position + 1;
    }
    parts.add(tokens.subList(from, tokens.size()));
    return parts;
  }

  /** Where signs are that are not in brackets. */
  static List<Integer> positions(List<Token> tokens, Set<String> signs) {
    List<Integer> positions = new ArrayList<>();
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.opens()) {
        depth++;
      } else if (token.closes()) {
        depth--;
      } else if (depth == 0 && token.kind() == Token.Kind.SIGN && signs.contains(token.text())) {
        positions.add(i);
      }
    }
    return positions;
  }

  /** Whether the first token opens a bracket that the last one closes. */
  static boolean isEnclosed(List<Token> tokens) {
    if (tokens.size() < 2 || !tokens.getFirst().opens() || !tokens.getLast().closes()) {
      return false;
    }
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += tokens.get(i).opens() ? 1 : tokens.get(i).closes() ? -1 : 0;
      if (depth == 0) {
        return i == tokens.size() - 1;
      }
    }
    return false;
  }

  /** The tokens without a pair of braces around all of them, which LaTeX does not show. */
  static List<Token> withoutBraces(List<Token> tokens) {
    return isEnclosed(tokens) && tokens.getFirst().isSign("{") && tokens.getLast().isSign("}")
        ? tokens.subList(1, tokens.size() - 1)
        : tokens;
  }
}
