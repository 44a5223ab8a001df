package io.tailwalk.verifiers.regex;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rest of a text must fulfil: one of several threads. A plain thread is a node of the
 * program from which the rest must match. Other threads have conditions from look-ahead, see {@link
 * Guarded}. This is an alternating automaton's condition in disjunctive form (A. K. Chandra, D. C.
 * Kozen and L. J. Stockmeyer, Alternation, J. ACM 28, 1981), with the negated parts of a thread
 * merged into one.
 */
final class Formula {
  /** Any rest fulfils it. */
  static final Formula TRUE = new Formula(new int[] {RegexProgram.FOUND}, new Guarded[0]);

  /** No rest fulfils it. */
  static final Formula FALSE = new Formula(new int[0], new Guarded[0]);

  private final int[] plain;
  private final Guarded[] guarded;
  private final int hash;

  private Formula(int[] plain, Guarded[] guarded) {
    this.plain = plain;
    this.guarded = guarded;
    this.hash = 31 * Arrays.hashCode(plain) + Arrays.hashCode(guarded);
  }

  /** From sorted nodes and threads. */
  static Formula of(int[] plain, List<Guarded> guarded) {
    if (Arrays.binarySearch(plain, RegexProgram.FOUND) >= 0) {
      return TRUE;
    }
    if (plain.length == 0 && guarded.isEmpty()) {
      return FALSE;
    }
    Guarded[] threads = guarded.toArray(new Guarded[0]);
    Arrays.sort(
        threads, (a, b) -> a.node != b.node ? a.node - b.node : Integer.compare(a.hash, b.hash));
    return new Formula(plain, threads);
  }

  int[] plain() {
    return plain;
  }

  Guarded[] guarded() {
    return guarded;
  }

  boolean isEmpty() {
    return plain.length == 0 && guarded.length == 0;
  }

  /** Whether any rest fulfils it. */
  boolean isTrue() {
    return guarded.length == 0 && plain.length == 1 && plain[0] == RegexProgram.FOUND;
  }

  /** Whether only the empty rest fulfils it. */
  boolean isEnd() {
    return guarded.length == 0 && plain.length == 1 && plain[0] == RegexProgram.ACCEPT;
  }

  /** Whether the empty rest fulfils it. */
  boolean holdsAtEnd() {
    if (isTrue() || (plain.length > 0 && plain[0] == RegexProgram.ACCEPT)) {
      return true;
    }
    for (Guarded thread : guarded) {
      if ((thread.node == RegexProgram.ACCEPT || thread.node == RegexProgram.FOUND)
          && thread.guard.holdsAtEnd()) {
        return true;
      }
    }
    return false;
  }

  /** Whether all threads are threads of another formula. */
  boolean isWithin(Formula other) {
    if (plain.length > other.plain.length || guarded.length > other.guarded.length) {
      return false;
    }
    for (int node : plain) {
      if (Arrays.binarySearch(other.plain, node) < 0) {
        return false;
      }
    }
    return Arrays.asList(other.guarded).containsAll(Arrays.asList(guarded));
  }

  /** Memory in ints, roughly. */
  int weight() {
    int weight = 12 + plain.length;
    for (Guarded thread : guarded) {
      weight += 16 + thread.guard.weight();
    }
    return weight;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Formula formula
            && hash == formula.hash
            && Arrays.equals(plain, formula.plain)
            && Arrays.equals(guarded, formula.guarded));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /**
   * A node from which the rest must match, {@code FOUND} for none, and what it must also fulfil.
   */
  static final class Guarded {
    final int node;
    final Guard guard;
    private final int hash;

    Guarded(int node, Guard guard) {
      this.node = node;
      this.guard = guard;
      this.hash = 31 * node + guard.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Guarded thread
          && hash == thread.hash
          && node == thread.node
          && guard.equals(thread.guard);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
