package io.tailwalk.verifiers.regex;

import io.tailwalk.core.verify.VerifierException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the threads of a formula. */
final class Formulas {
  private static final int MAX_GUARDED = 2_000;

  /** Threads from one node beyond which they are not compared, as the time is quadratic. */
  private static final int MAX_COMPARED = 128;

  /** Null if nothing is left out because of counts. */
  private final @Nullable NodeFacts facts;

  private int[] plain = new int[16];
  private int size;
  private final Set<Formula.Guarded> guarded = new LinkedHashSet<>();

  /** Threads by the facts about their nodes. */
  Formulas(NodeFacts facts) {
    this.facts = facts.counts() ? facts : null;
  }

  private Formulas() {
    this.facts = null;
  }

  /** A disjunction. */
  static Formula either(Formula a, Formula b) {
    if (a.isEmpty() || a.equals(b)) {
      return b;
    }
    if (b.isEmpty()) {
      return a;
    }
    var both = new Formulas();
    both.addAll(a);
    both.addAll(b);
    return both.formula();
  }

  /** The formula that a guard holds. */
  static Formula of(Guard guard) {
    var out = new Formulas();
    out.add(RegexProgram.FOUND, guard);
    return out.formula();
  }

  private void addAll(Formula formula) {
    for (int node : formula.plain()) {
      addPlain(node);
    }
    guarded.addAll(Arrays.asList(formula.guarded()));
  }

  private void addPlain(int node) {
    if (size == plain.length) {
      plain = Arrays.copyOf(plain, 2 * size);
    }
    plain[size++] = node;
  }

  /**
   * Adds a thread. At {@link RegexProgram#ACCEPT} the rest is empty, so its conditions are decided.
   */
  void add(int node, Guard guard) {
    if (guard.isOpen()) {
      addPlain(node);
    } else if (node == RegexProgram.ACCEPT) {
      if (guard.holdsAtEnd()) {
        addPlain(node);
      }
    } else {
      guarded.add(new Formula.Guarded(node, guard));
      if (guarded.size() > MAX_GUARDED) {
        throw new VerifierException(
            "a regex has look-ahead under which a text has over "
                + MAX_GUARDED
                + " readings; write it without look-ahead in a repeated choice");
      }
    }
  }

  /** The formula; threads implied by another one are left out. */
  Formula formula() {
    Arrays.sort(plain, 0, size);
    var front = facts == null ? null : new Front(facts);
    int different = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || plain[i] != plain[i - 1]) {
        if (front == null || front.add(plain[i])) {
          plain[different++] = plain[i];
        }
      }
    }
    int count = different;
    if (front != null) {
      count = 0;
      for (int i = 0; i < different; i++) {
        if (front.contains(plain[i])) {
          plain[count++] = plain[i];
        }
      }
    }
    int[] nodes = Arrays.copyOf(plain, count);
    return Formula.of(nodes, guarded.isEmpty() ? List.of() : threads(nodes, front));
  }

  private List<Formula.Guarded> threads(int[] nodes, @Nullable Front front) {
    Map<Integer, List<Formula.Guarded>> byNode = new HashMap<>();
    for (Formula.Guarded thread : guarded) {
      boolean implied =
          Arrays.binarySearch(nodes, thread.node) >= 0
              || (front != null && front.includes(thread.node));
      if (!implied) {
        byNode.computeIfAbsent(shape(thread.node), _ -> new ArrayList<>()).add(thread);
      }
    }
    List<Formula.Guarded> kept = new ArrayList<>();
    for (List<Formula.Guarded> rivals : byNode.values()) {
      if (rivals.size() > MAX_COMPARED) {
        kept.addAll(rivals);
      } else {
        addUnimplied(rivals, kept);
      }
    }
    return kept;
  }

  /** The same number for nodes that may include one another. */
  private int shape(int node) {
    return facts == null || facts.isAlone(node) ? ~node : facts.shape(node);
  }

  /** Of threads from nodes of one shape, those that no other one includes. */
  private void addUnimplied(List<Formula.Guarded> rivals, List<Formula.Guarded> kept) {
    for (int i = 0; i < rivals.size(); i++) {
      Formula.Guarded thread = rivals.get(i);
      boolean implied = false;
      for (int j = 0; j < rivals.size() && !implied; j++) {
        // Of two that imply each other, the first is kept.
        Formula.Guarded rival = rivals.get(j);
        implied = i != j && implies(rival, thread) && (j < i || !implies(thread, rival));
      }
      if (!implied) {
        kept.add(thread);
      }
    }
  }

  /** Whether the rests that fulfil a thread include those that fulfil another. */
  private boolean implies(Formula.Guarded wide, Formula.Guarded narrow) {
    boolean includes =
        wide.node == narrow.node || (facts != null && facts.includes(wide.node, narrow.node));
    return includes && wide.guard.isImpliedBy(narrow.guard);
  }
}
