package io.tailwalk.verifiers.grammar;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A context-free grammar whose every rule derives some text, without left recursion that grows.
 *
 * @param alternatives the right-hand sides of each rule
 * @param names the rules' names, for messages
 * @param root the rule of complete texts
 * @param copies the right-hand sides that differ in their number of copies alone
 */
record Grammar(
    List<List<List<Symbol>>> alternatives,
    List<String> names,
    int root,
    IdentityHashMap<List<Symbol>, Copy> copies) {

  /**
   * A right-hand side for one more copy within a counted repetition, whose copies may all be left
   * out.
   *
   * @param family the same for all copies of a repetition
   * @param level the copies before; the fewer, the more may follow
   */
  record Copy(int family, int level) {}

  /**
   * Drops right-hand sides that derive no text, and refuses left recursion.
   *
   * @throws IllegalArgumentException if the root derives no text or a rule begins with itself
   */
  static Grammar checked(
      List<List<List<Symbol>>> alternatives,
      List<String> names,
      int root,
      IdentityHashMap<List<Symbol>, Copy> copies) {
    BitSet productive = leastFixedPoint(alternatives, Grammar::derivesSomething);
    if (!productive.get(root)) {
      throw new IllegalArgumentException(
          "the rule " + names.get(root) + " derives no text; give it an alternative that ends");
    }
    List<List<List<Symbol>>> useful =
        alternatives.stream()
            .map(sides -> sides.stream().filter(s -> derivesSomething(s, productive)).toList())
            .toList();
    refuseLeftRecursion(useful, names);
    return new Grammar(useful, List.copyOf(names), root, copies);
  }

  /** Whether a right-hand side has a property, given the rules already known to have it. */
  private interface Property {
    boolean of(List<Symbol> side, BitSet known);
  }

  private static BitSet leastFixedPoint(List<List<List<Symbol>>> alternatives, Property property) {
    var known = new BitSet();
    boolean grown = true;
    while (grown) {
      grown = false;
      for (int rule = 0; rule < alternatives.size(); rule++) {
        if (!known.get(rule)
            && alternatives.get(rule).stream().anyMatch(s -> property.of(s, known))) {
          known.set(rule);
          grown = true;
        }
      }
    }
    return known;
  }

  private static boolean derivesSomething(List<Symbol> side, BitSet productive) {
    return side.stream()
        .allMatch(symbol ->
            switch (symbol) {
              case Symbol.Terminal(CodePoints set) -> !set.isEmpty();
              case Symbol.Rule(int id) -> productive.get(id);
            });
  }

  /** The rules that may be empty. */
  static BitSet nullable(List<List<List<Symbol>>> alternatives) {
    return leastFixedPoint(alternatives, Grammar::derivesNothingVisible);
  }

  private static boolean derivesNothingVisible(List<Symbol> side, BitSet nullable) {
    return side.stream().allMatch(s -> s instanceof Symbol.Rule(int id) && nullable.get(id));
  }

  /**
   * Refuses rules that begin with themselves in such a way that stacks would grow without a
   * character read. A rule that begins with itself as the last symbol of a side, behind what may be
   * empty, returns to the same stack: repetitions of what may be empty are fine.
   */
  private static void refuseLeftRecursion(
      List<List<List<Symbol>>> alternatives, List<String> names) {
    BitSet nullable = nullable(alternatives);
    List<BitSet> begins = new ArrayList<>();
    List<BitSet> growing = new ArrayList<>();
    for (List<List<Symbol>> sides : alternatives) {
      var first = new BitSet();
      var notLast = new BitSet();
      sides.forEach(side -> addFirstRules(side, nullable, first, notLast));
      begins.add(first);
      growing.add(notLast);
    }
    for (int rule = 0; rule < begins.size(); rule++) {
      BitSet grows = growing.get(rule);
      for (int next = grows.nextSetBit(0); next >= 0; next = grows.nextSetBit(next + 1)) {
        if (next == rule || reaches(next, rule, begins)) {
          throw new IllegalArgumentException(
              "the rule "
                  + names.get(rule)
                  + " begins with itself; write the repetition with * or +");
        }
      }
    }
  }

  private static void addFirstRules(
      List<Symbol> side, BitSet nullable, BitSet out, BitSet notLast) {
    for (int i = 0; i < side.size(); i++) {
      if (!(side.get(i) instanceof Symbol.Rule(int id))) {
        return;
      }
      out.set(id);
      if (i + 1 < side.size()) {
        notLast.set(id);
      }
      if (!nullable.get(id)) {
        return;
      }
    }
  }

  private static boolean reaches(int from, int to, List<BitSet> begins) {
    var seen = new BitSet();
    var open = new ArrayList<Integer>(List.of(from));
    while (!open.isEmpty()) {
      BitSet next = begins.get(open.removeLast());
      for (int other = next.nextSetBit(0); other >= 0; other = next.nextSetBit(other + 1)) {
        if (other == to) {
          return true;
        }
        if (!seen.get(other)) {
          seen.set(other);
          open.add(other);
        }
      }
    }
    return false;
  }
}
