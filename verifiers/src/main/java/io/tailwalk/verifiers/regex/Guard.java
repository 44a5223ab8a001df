package io.tailwalk.verifiers.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conditions from look-ahead: the rest of a text fulfils each formula of {@code all} and not {@code
 * none}. Several forbidden formulas are one, their disjunction.
 */
final class Guard {
  static final Guard OPEN = new Guard(new Formula[0], Formula.FALSE);

  private final Formula[] all;
  private final Formula none;
  private final int hash;

  private Guard(Formula[] all, Formula none) {
    this.all = all;
    this.none = none;
    this.hash = 31 * Arrays.hashCode(all) + none.hashCode();
  }

  Formula[] all() {
    return all;
  }

  Formula none() {
    return none;
  }

  boolean isOpen() {
    return all.length == 0 && none.isEmpty();
  }

  boolean holdsAtEnd() {
    for (Formula formula : all) {
      if (!formula.holdsAtEnd()) {
        return false;
      }
    }
    return !none.holdsAtEnd();
  }

  /** Whether the conditions of another guard are these and perhaps more. */
  boolean isImpliedBy(Guard other) {
    for (Formula formula : all) {
      if (!Arrays.asList(other.all).contains(formula)) {
        return false;
      }
    }
    return none.isWithin(other.none);
  }

  /** Whether a condition asks for the end of the text. */
  boolean asksForEnd() {
    for (Formula formula : all) {
      if (formula.isEnd()) {
        return true;
      }
    }
    return false;
  }

  /** With one more condition; null if nothing can fulfil it. */
  @Nullable Guard and(Formula formula) {
    if (formula.isEmpty()) {
      return null;
    }
    if (formula.isTrue() || Arrays.asList(all).contains(formula)) {
      return this;
    }
    List<Formula> more = new ArrayList<>(Arrays.asList(all));
    more.add(formula);
    more.sort(Comparator.comparingInt(Formula::hashCode));
    return new Guard(more.toArray(new Formula[0]), none);
  }

  /** With one more formula forbidden; null if nothing can fulfil it. */
  @Nullable Guard andNot(Formula formula) {
    if (formula.isTrue()) {
      return null;
    }
    return formula.isEmpty() ? this : new Guard(all, Formulas.either(none, formula));
  }

  /** With the conditions of another guard; null if nothing can fulfil them. */
  @Nullable Guard and(Guard other) {
    Guard both = this;
    for (Formula formula : other.all) {
      Guard next = both.and(formula);
      if (next == null) {
        return null;
      }
      both = next;
    }
    return both.andNot(other.none);
  }

  int weight() {
    int weight = 8 + none.weight();
    for (Formula formula : all) {
      weight += formula.weight();
    }
    return weight;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Guard guard
            && hash == guard.hash
            && none.equals(guard.none)
            && Arrays.equals(all, guard.all));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
