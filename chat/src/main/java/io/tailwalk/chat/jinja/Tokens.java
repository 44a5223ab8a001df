package io.tailwalk.chat.jinja;

import io.tailwalk.chat.jinja.Token.Kind;
import java.util.List;

/** A reader of tokens that looks ahead. */
final class Tokens {
  /** Nested expressions and blocks; a template of a known model has about ten. */
  private static final int MOST_DEPTH = 100;

  private final List<Token> tokens;
  private int place;
  private int depth;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(place + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = peek();
    place++;
    return token;
  }

  boolean skipOperator(String characters) {
    boolean found = peek().isOperator(characters);
    place += found ? 1 : 0;
    return found;
  }

  boolean skipName(String name) {
    boolean found = peek().isName(name);
    place += found ? 1 : 0;
    return found;
  }

  void expectOperator(String characters) {
    if (!skipOperator(characters)) {
      throw unexpected("'" + characters + "'");
    }
  }

  void expectName(String name) {
    if (!skipName(name)) {
      throw unexpected("'" + name + "'");
    }
  }

  void expect(Kind kind, String shown) {
    if (!peek().is(kind)) {
      throw unexpected(shown);
    }
    place++;
  }

  String name() {
    if (!peek().is(Kind.NAME)) {
      throw unexpected("a name");
    }
    return next().text();
  }

  TemplateFault unexpected(String expected) {
    return new TemplateFault(
        "it has " + peek().shown() + " where " + expected + " is expected", peek().line());
  }

  void enter() {
    if (++depth > MOST_DEPTH) {
      throw new TemplateFault("it is nested more than " + MOST_DEPTH + " deep", peek().line());
    }
  }

  void leave() {
    depth--;
  }
}
