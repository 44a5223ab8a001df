package io.tailwalk.verifiers.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * GBNF, llama.cpp's notation for grammars: rules {@code name ::= ...}, one named {@code root};
 * texts in quotes, {@code [a-z]}, {@code [^...]}, {@code .}, groups, {@code |}, {@code * + ?},
 * {@code {m,n}}, comments from {@code #}.
 */
final class GbnfParser {
  private static final int MAX_NESTING = 200;

  private final GbnfInput in;
  private final GrammarBuilder builder = new GrammarBuilder();
  private final Map<String, Integer> mentions = new LinkedHashMap<>();

  private int nesting;

  private GbnfParser(GbnfInput in) {
    this.in = in;
  }

  /**
   * Reads a grammar.
   *
   * @param name its name in messages, such as a file name
   * @throws IllegalArgumentException in one sentence that names the line
   */
  static Grammar parse(String name, String text) {
    return new GbnfParser(new GbnfInput(name, text)).grammar();
  }

  private Grammar grammar() {
    in.skip(true);
    while (!in.atEnd()) {
      rule();
      in.skip(true);
    }
    mentions.forEach((name, line) -> {
      if (!builder.isDefined(builder.named(name))) {
        throw in.error(line, "the rule " + name + " is used but not defined");
      }
    });
    Symbol.Rule root = builder.named("root");
    if (!builder.isDefined(root)) {
      throw in.error(1, "the rule root is missing; a grammar begins with root ::= ...");
    }
    try {
      return builder.build(root);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(in.name() + ": " + e.getMessage(), e);
    }
  }

  private void rule() {
    String name = in.word();
    if (name.isEmpty()) {
      throw in.error("expected a rule, name ::= ...");
    }
    in.skip(false);
    if (!in.take("::=")) {
      throw in.error("expected ::= after " + name);
    }
    Symbol.Rule rule = builder.named(name);
    if (builder.isDefined(rule)) {
      throw in.error("the rule " + name + " is defined twice");
    }
    in.skip(true);
    for (List<Symbol> side : alternatives(false)) {
      builder.add(rule, side);
    }
    if (!in.atEnd() && !in.atLineEnd()) {
      throw in.error("\"" + in.peekText() + "\" is unexpected here");
    }
  }

  private List<List<Symbol>> alternatives(boolean inGroup) {
    var sides = new ArrayList<List<Symbol>>();
    sides.add(sequence(inGroup));
    while (in.takeBar(inGroup)) {
      in.skip(true);
      sides.add(sequence(inGroup));
    }
    return sides;
  }

  private List<Symbol> sequence(boolean inGroup) {
    var side = new ArrayList<Symbol>();
    in.skip(inGroup);
    while (in.startsItem()) {
      List<Symbol> item = item();
      side.addAll(repeated(item));
      in.skip(inGroup);
    }
    return side;
  }

  private List<Symbol> item() {
    if (in.take("\"")) {
      return GrammarBuilder.literal(in.quoted());
    }
    if (in.take("[")) {
      return List.of(new Symbol.Terminal(in.characterClass()));
    }
    if (in.take(".")) {
      return List.of(new Symbol.Terminal(CodePoints.ANY));
    }
    if (in.take("(")) {
      if (++nesting > MAX_NESTING) {
        throw in.error(
            "groups are nested more than " + MAX_NESTING + " deep; give inner groups names");
      }
      List<List<Symbol>> sides = alternatives(true);
      in.skip(true);
      if (!in.take(")")) {
        throw in.error("a group is not closed; add )");
      }
      nesting--;
      return List.of(builder.anyOf(sides));
    }
    String name = in.word();
    mentions.putIfAbsent(name, in.line());
    return List.of(builder.named(name));
  }

  private List<Symbol> repeated(List<Symbol> item) {
    if (in.take("*")) {
      return builder.repeat(one(item), 0, -1);
    }
    if (in.take("+")) {
      return builder.repeat(one(item), 1, -1);
    }
    if (in.take("?")) {
      return builder.repeat(one(item), 0, 1);
    }
    if (!in.take("{")) {
      return item;
    }
    int min = in.number();
    int max = min;
    if (in.take(",")) {
      max = in.atDigit() ? in.number() : -1;
    }
    if (!in.take("}") || (max >= 0 && max < min) || max == 0) {
      throw in.error("a repetition is {m}, {m,} or {m,n} with m <= n and n > 0");
    }
    return builder.repeat(one(item), min, max);
  }

  private Symbol one(List<Symbol> item) {
    return item.size() == 1 ? item.getFirst() : builder.anyOf(List.of(item));
  }
}
