package io.tailwalk.verifiers.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects rules; repetitions become separate rules. */
final class GrammarBuilder {
  /** Maximal number of copies for {@code {m,n}}. */
  static final int MAX_REPEAT = 10_000;

  private final List<List<List<Symbol>>> alternatives = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Map<String, Symbol.Rule> byName = new HashMap<>();

  /** A new rule without right-hand sides yet. */
  Symbol.Rule fresh(String name) {
    alternatives.add(new ArrayList<>());
    names.add(name);
    return new Symbol.Rule(names.size() - 1);
  }

  /** The rule of a name, created on first use. */
  Symbol.Rule named(String name) {
    Symbol.Rule known = byName.get(name);
    if (known == null) {
      known = fresh(name);
      byName.put(name, known);
    }
    return known;
  }

  /** Whether a rule has a right-hand side. */
  boolean isDefined(Symbol.Rule rule) {
    return !alternatives.get(rule.id()).isEmpty();
  }

  /** Adds a right-hand side. */
  void add(Symbol.Rule rule, List<Symbol> side) {
    alternatives.get(rule.id()).add(List.copyOf(side));
  }

  /** A choice between several items. */
  Symbol anyOf(List<List<Symbol>> sides) {
    Symbol.Rule rule = fresh("(...)");
    sides.forEach(side -> add(rule, side));
    return rule;
  }

  /** A text, character by character. */
  static List<Symbol> literal(String text) {
    return text.codePoints().<Symbol>mapToObj(c -> new Symbol.Terminal(CodePoints.of(c))).toList();
  }

  /** Any number of repetitions. */
  Symbol star(Symbol item) {
    Symbol.Rule rule = fresh("(...)*");
    add(rule, List.of(item, rule));
    add(rule, List.of());
    return rule;
  }

  /**
   * A minimal to a maximal number of repetitions.
   *
   * @param max negative for no limit
   */
  List<Symbol> repeat(Symbol item, int min, int max) {
    var side = new ArrayList<Symbol>();
    for (int i = 0; i < min; i++) {
      side.add(item);
    }
    if (max < 0) {
      side.add(star(item));
      return side;
    }
    Symbol.@org.jspecify.annotations.Nullable Rule rest = null;
    for (int i = min; i < max; i++) {
      Symbol.Rule more = fresh("(...)?");
      add(more, rest == null ? List.of(item) : List.of(item, rest));
      add(more, List.of());
      rest = more;
    }
    if (rest != null) {
      side.add(rest);
    }
    return side;
  }

  /** The grammar. */
  Grammar build(Symbol.Rule root) {
    return Grammar.checked(alternatives, names, root.id());
  }
}
