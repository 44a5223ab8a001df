package io.tailwalk.verifiers.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * GBNF, llama.cpp's notation for grammars: rules {@code name ::= ...}, one named {@code root};
 * texts in quotes, {@code [a-z]}, {@code [^...]}, {@code .}, groups, {@code |}, {@code * + ?},
 * {@code {m,n}}, {@code {,n}}, comments from {@code #}.
 */
final class GbnfParser {
  private static final int MAX_NESTING = 200;
  private static final String REPETITION =
      "a repetition is {m}, {m,}, {,n} or {m,n} with m not above n";

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
    mentions.forEach((name, place) -> {
      if (!builder.isDefined(builder.named(name))) {
        throw in.error(place, "the rule " + name + " is used but not defined");
      }
    });
    Symbol.Rule root = builder.named("root");
    if (!builder.isDefined(root)) {
      throw in.error(0, "the rule root is missing; a grammar begins with root ::= ...");
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
      throw in.error(
          in.take(":")
              ? "expected ::= after " + name + "; Lark's notation is not supported, write GBNF"
              : "expected ::= after " + name + "; a name has letters, digits, - and _");
    }
    Symbol.Rule rule = builder.named(name);
    if (builder.isDefined(rule)) {
      throw in.error("the rule " + name + " is defined twice");
    }
    in.skip(true);
    for (List<Symbol> side : alternatives(false)) {
      builder.add(rule, side);
    }
    int place = in.place();
    if (in.take("<") || in.take("!<")) {
      throw in.error(
          place,
          "tokens such as <[id]> are not supported, because a grammar judges text and not the"
              + " tokens of one model; write the text of the token in quotes");
    }
    if (in.take("'")) {
      throw in.error(place, "texts are in double quotes; write \"...\"");
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
    int place = in.place();
    String name = in.word();
    mentions.putIfAbsent(name, place);
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
    int place = in.place() - 1;
    boolean first = in.atDigitAfterSpaces();
    int min = first ? in.number() : 0;
    int max = min;
    in.skip(false);
    if (in.take(",")) {
      max = in.atDigitAfterSpaces() ? in.number() : -1;
    } else if (!first) {
      throw in.error(place, REPETITION);
    }
    in.skip(false);
    if (!in.take("}") || (max >= 0 && max < min)) {
      throw in.error(place, REPETITION);
    }
    return builder.repeat(one(item), min, max);
  }

  private Symbol one(List<Symbol> item) {
    return item.size() == 1 ? item.getFirst() : builder.anyOf(List.of(item));
  }
}
