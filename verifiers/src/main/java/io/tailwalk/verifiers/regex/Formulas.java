package io.tailwalk.verifiers.regex;

import io.tailwalk.core.verify.VerifierException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the threads of a formula. */
final class Formulas {
  private static final int MAX_GUARDED = 2_000;

  private final BitSet plain = new BitSet();
  private final Set<Formula.Guarded> guarded = new LinkedHashSet<>();

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

  void addAll(Formula formula) {
    for (int node : formula.plain()) {
      plain.set(node);
    }
    guarded.addAll(Arrays.asList(formula.guarded()));
  }

  /**
   * Adds a thread. At {@link RegexProgram#ACCEPT} the rest is empty, so its conditions are decided.
   */
  void add(int node, Guard guard) {
    if (guard.isOpen()) {
      plain.set(node);
    } else if (node == RegexProgram.ACCEPT) {
      if (guard.holdsAtEnd()) {
        plain.set(node);
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

  /** The formula; threads implied by a plain one are left out. */
  Formula formula() {
    List<Formula.Guarded> threads = new ArrayList<>(guarded.size());
    for (Formula.Guarded thread : guarded) {
      if (!plain.get(thread.node)) {
        threads.add(thread);
      }
    }
    int[] nodes = new int[plain.cardinality()];
    int count = 0;
    for (int node = plain.nextSetBit(0); node >= 0; node = plain.nextSetBit(node + 1)) {
      nodes[count++] = node;
    }
    return Formula.of(nodes, threads);
  }
}
