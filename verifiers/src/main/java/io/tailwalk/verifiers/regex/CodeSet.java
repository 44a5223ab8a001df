package io.tailwalk.verifiers.regex;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** A set of code points without surrogates, as no UTF-8 text contains any. */
final class CodeSet {
  static final int END = Character.MAX_CODE_POINT + 1;
  static final CodeSet NONE = new CodeSet(new int[0]);
  static final CodeSet ALL =
      new CodeSet(new int[] {0, Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1, END});

  private final int[] bounds;
  private final int hash;

  /**
   * From its ends.
   *
   * @param bounds sorted: the first code point in the set, the first after it not in the set, and
   *     so on; not changed afterwards
   */
  CodeSet(int[] bounds) {
    this.bounds = bounds;
    this.hash = Arrays.hashCode(bounds);
  }

  /** Single code points in ascending order. */
  static CodeSet of(int... ascending) {
    CodeSet all = NONE;
    for (int c : ascending) {
      all = all.or(new CodeSet(new int[] {c, c + 1}));
    }
    return all;
  }

  /** The ends as in the constructor. Callers do not change them. */
  int[] bounds() {
    return bounds;
  }

  boolean isEmpty() {
    return bounds.length == 0;
  }

  boolean contains(int codePoint) {
    int at = Arrays.binarySearch(bounds, codePoint);
    return at >= 0 ? (at & 1) == 0 : (-at - 1 & 1) == 1;
  }

  CodeSet or(CodeSet other) {
    return combined(other, true);
  }

  CodeSet and(CodeSet other) {
    return combined(other, false);
  }

  /** All other characters. */
  CodeSet not() {
    boolean fromZero = bounds.length > 0 && bounds[0] == 0;
    int[] out = new int[bounds.length + 2];
    System.arraycopy(bounds, 0, out, 1, bounds.length);
    out[out.length - 1] = END;
    // A set that ends with the last character has its end twice, which is an empty range.
    return new CodeSet(fromZero ? Arrays.copyOfRange(out, 2, out.length) : out).and(ALL);
  }

  /** The characters that pass a test. */
  static CodeSet where(int from, int to, IntPredicate test) {
    int[] out = new int[64];
    int size = 0;
    for (int c = from; c <= to + 1; c++) {
      boolean in = c <= to && test.test(c);
      if (in != ((size & 1) == 1)) {
        out = size == out.length ? Arrays.copyOf(out, 2 * size) : out;
        out[size++] = c;
      }
    }
    return new CodeSet(Arrays.copyOf(out, size)).and(ALL);
  }

  private CodeSet combined(CodeSet other, boolean either) {
    int[] out = new int[bounds.length + other.bounds.length];
    int size = 0;
    int i = 0;
    int j = 0;
    boolean in = false;
    while (i < bounds.length || j < other.bounds.length) {
      int mine = i < bounds.length ? bounds[i] : END + 1;
      int theirs = j < other.bounds.length ? other.bounds[j] : END + 1;
      int at = Math.min(mine, theirs);
      while (i < bounds.length && bounds[i] == at) {
        i++;
      }
      while (j < other.bounds.length && other.bounds[j] == at) {
        j++;
      }
      boolean inMine = (i & 1) == 1;
      boolean inOther = (j & 1) == 1;
      boolean now = either ? inMine || inOther : inMine && inOther;
      if (now != in) {
        out[size++] = at;
        in = now;
      }
    }
    return new CodeSet(Arrays.copyOf(out, size));
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof CodeSet set && hash == set.hash && Arrays.equals(bounds, set.bounds));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
