package io.tailwalk.verifiers.grammar;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects rules; repetitions become separate rules. */
final class GrammarBuilder {
  /** Maximal number of copies for {@code {m,n}}. */
  static final int MAX_REPEAT = 10_000;

  private final List<List<List<Symbol>>> alternatives = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Map<String, Symbol.Rule> byName = new HashMap<>();

  private final List<Repetition> repetitions = new ArrayList<>();
  private final IdentityHashMap<List<Symbol>, Grammar.Copy> copies = new IdentityHashMap<>();
  private int families;

  /** A repetition that is written out when it is known whether its item may be empty. */
  private record Repetition(Symbol.Rule rule, Symbol item, int min, int max) {}

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
    if (max < 0 && min <= 1) {
      return min == 0 ? List.of(star(item)) : List.of(item, star(item));
    }
    if (min == max && min <= 1) {
      return Collections.nCopies(min, item);
    }
    if (max == 1) {
      return List.of(optional(item, 1));
    }
    Symbol.Rule rule = fresh("(...){...}");
    // Until all rules are known, a stand-in that is empty if and only if the repetition may be.
    add(rule, List.of(item));
    if (min == 0) {
      add(rule, List.of());
    }
    repetitions.add(new Repetition(rule, item, min, max));
    return List.of(rule);
  }

  /** What may be empty can fill any copies that are asked for, so none is asked for. */
  private void writeOut(Repetition repetition, boolean mayBeEmpty) {
    Symbol item = repetition.item;
    int min = mayBeEmpty ? 0 : repetition.min;
    var side = new ArrayList<Symbol>(Collections.nCopies(min, item));
    if (repetition.max < 0) {
      side.add(star(item));
    } else if (repetition.max > min) {
      side.add(optional(item, repetition.max - min));
    }
    List<List<Symbol>> sides = alternatives.get(repetition.rule.id());
    sides.clear();
    sides.add(List.copyOf(side));
  }

  /** Up to so many copies. */
  private Symbol.Rule optional(Symbol item, int most) {
    int family = families++;
    Symbol.@Nullable Rule rest = null;
    for (int level = most - 1; level >= 0; level--) {
      Symbol.Rule more = fresh("(...)?");
      List<Symbol> side = rest == null ? List.of(item) : List.of(item, rest);
      if (rest != null) {
        copies.put(side, new Grammar.Copy(family, level));
      }
      alternatives.get(more.id()).add(side);
      add(more, List.of());
      rest = more;
    }
    return Objects.requireNonNull(rest);
  }

  /** The grammar. */
  Grammar build(Symbol.Rule root) {
    BitSet nullable = Grammar.nullable(alternatives);
    for (Repetition repetition : repetitions) {
      boolean mayBeEmpty = repetition.item instanceof Symbol.Rule(int id) && nullable.get(id);
      writeOut(repetition, mayBeEmpty);
    }
    return Grammar.checked(alternatives, names, root.id(), copies);
  }
}
