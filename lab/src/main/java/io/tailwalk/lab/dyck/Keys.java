package io.tailwalk.lab.dyck;

/** Strings of brackets as numbers: two bits per bracket after a leading 1. */
final class Keys {
  /** Maximum number of brackets. */
  static final int LONGEST = 31;

  /** The key of the empty string. */
  static final long EMPTY = 1;

  private Keys() {}

  /** The key with one more bracket. */
  static long longer(long key, int bracket) {
    return key << 2 | bracket;
  }

  /** The key of the first brackets. */
  static long of(int[] brackets, int count) {
    if (count > LONGEST) {
      throw new IllegalArgumentException("more than " + LONGEST + " brackets");
    }
    long key = EMPTY;
    for (int i = 0; i < count; i++) {
      key = longer(key, brackets[i]);
    }
    return key;
  }
}
