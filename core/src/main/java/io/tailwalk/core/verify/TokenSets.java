package io.tailwalk.core.verify;

import org.jspecify.annotations.Nullable;

/**
 * Sets of the tokens that are well-formed text: those that have a character, a class of characters,
 * or no more than some number of characters. A mask is put together from a few of them where a
 * {@link Closure} is known.
 */
final class TokenSets {
  /** Tokens of more characters are in none of the sets. */
  static final int MAX_CHARACTERS = 32;

  private final int words;

  /** Tokens that have an ASCII character; null for none. */
  private final long[] @Nullable [] having = new long[128][];

  private final long[][] ofClass = new long[TextClass.COUNT][];

  /** Tokens of at most some number of characters. */
  private final long[][] atMost = new long[MAX_CHARACTERS + 1][];

  TokenSets(int size) {
    words = (size + 63) >>> 6;
    for (int i = 0; i < TextClass.COUNT; i++) {
      ofClass[i] = new long[words];
    }
    for (int i = 0; i <= MAX_CHARACTERS; i++) {
      atMost[i] = new long[words];
    }
  }

  /** Adds a token of at most {@link #MAX_CHARACTERS}, before {@link #finish}. */
  void add(int token, byte[] bytes, int classes, int characters) {
    int word = token >>> 6;
    long bit = 1L << token;
    for (byte b : bytes) {
      if (b >= 0) {
        long[] set = having[b];
        if (set == null) {
          set = new long[words];
          having[b] = set;
        }
        set[word] |= bit;
      }
    }
    for (int i = 0; i < TextClass.COUNT; i++) {
      if ((classes >>> i & 1) != 0) {
        ofClass[i][word] |= bit;
      }
    }
    atMost[characters][word] |= bit;
  }

  /** Completes the sets when all tokens are added. */
  void finish() {
    for (int i = 1; i <= MAX_CHARACTERS; i++) {
      or(atMost[i], atMost[i - 1]);
    }
  }

  private static void or(long[] into, long[] other) {
    for (int i = 0; i < into.length; i++) {
      into[i] |= other[i];
    }
  }

  private static void remove(long[] from, long[] other) {
    for (int i = 0; i < from.length; i++) {
      from[i] &= ~other[i];
    }
  }

  /**
   * Sets the live tokens of which all characters are of classes that a closure knows completely.
   *
   * @param mask empty; may be longer than the sets
   * @return the classes, as bits
   */
  int decide(Closure closure, long[] mask) {
    if (closure.room() < MAX_CHARACTERS && !closure.isLimit()) {
      return 0;
    }
    System.arraycopy(atMost[Math.min(closure.room(), MAX_CHARACTERS)], 0, mask, 0, words);
    int known = 0;
    for (int i = 0; i < TextClass.COUNT; i++) {
      boolean wide = i == TextClass.WIDE;
      boolean free = wide ? closure.wideIsFree() : holds(closure.freeLow(), closure.freeHigh(), i);
      boolean barred =
          wide ? closure.wideIsBarred() : holds(closure.barredLow(), closure.barredHigh(), i);
      boolean both =
          !wide
              && holds(
                  closure.freeLow() | closure.barredLow(),
                  closure.freeHigh() | closure.barredHigh(),
                  i);
      if (!free && (barred || !both)) {
        remove(mask, ofClass[i]);
      } else if (!free) {
        removeHaving(closure.barredLow() & TextClass.low(i), 0, mask);
        removeHaving(closure.barredHigh() & TextClass.high(i), 64, mask);
      }
      known |= free || barred || both ? 1 << i : 0;
    }
    return known;
  }

  private static boolean holds(long low, long high, int textClass) {
    return (TextClass.low(textClass) & ~low) == 0 && (TextClass.high(textClass) & ~high) == 0;
  }

  private void removeHaving(long characters, int from, long[] mask) {
    for (long left = characters; left != 0; left &= left - 1) {
      long[] set = having[from + Long.numberOfTrailingZeros(left)];
      if (set != null) {
        remove(mask, set);
      }
    }
  }
}
