package io.tailwalk.verifiers.schema;

import org.jspecify.annotations.Nullable;

/**
 * A set of strings.
 *
 * @param dfa the strings, null for all
 * @param min fewest code points
 * @param max most code points, {@link Dfa#ENDLESS} for no limit
 */
record StringShape(@Nullable Dfa dfa, int min, int max) {
  static final StringShape ANY = new StringShape(null, 0, Dfa.ENDLESS);

  static StringShape of(Dfa dfa) {
    return new StringShape(dfa, 0, Dfa.ENDLESS);
  }

  StringShape and(StringShape other) {
    Dfa both = dfa == null ? other.dfa : dfa;
    if (dfa != null && other.dfa != null && dfa != other.dfa) {
      Dfa product = dfa.and(other.dfa);
      both = product == null ? dfa : product;
    }
    int least = Math.max(min, other.min);
    int most = Math.min(max, other.max);
    return new StringShape(both, least, most);
  }

  boolean isEmpty() {
    return min > max || (dfa != null && (dfa.isEmpty() || !mayEnd(0, 0)));
  }

  int start() {
    return 0;
  }

  /** Whether a string with a number of code points, in a state, may still become one of these. */
  boolean mayEnd(int state, int count) {
    return dfa == null
        ? count <= max
        : count + dfa.shortest(state) <= max && count + dfa.longest(state) >= min;
  }

  /** Whether the characters from U+0080 are all the same to a state. */
  boolean isPlain(int state) {
    return dfa == null || dfa.isPlain(state);
  }

  /** Whether two characters lead to the same state. */
  boolean areAlike(int state, int a, int b) {
    return dfa == null || dfa.step(state, a) == dfa.step(state, b);
  }

  boolean accepts(int state, int count) {
    return count >= min && count <= max && (dfa == null || dfa.accepts(state));
  }

  /** Whether one more code point of a range may follow. */
  boolean mayContinue(int state, int count, int first, int last) {
    if (dfa == null) {
      return count < max;
    }
    int[] from = dfa.starts(state);
    for (int i = 0; i < from.length && from[i] <= last; i++) {
      if (dfa.ends(state)[i] >= first && mayEnd(dfa.targets(state)[i], count + 1)) {
        return true;
      }
    }
    return false;
  }

  /** A count as far as it matters: without an upper limit, more than the lower one is the same. */
  int counted(int count) {
    return max >= Dfa.ENDLESS ? Math.min(count, min) : count;
  }
}
