package io.tailwalk.builtin.ngram;

/**
 * The last symbols before a place in the text, packed into the low 56 bits of a long: the nearest
 * symbol in the highest seven of them, so that histories that agree on their nearest symbols are
 * adjacent when sorted. A history reaches back to the last paragraph boundary; {@link #NONE} fills
 * the rest.
 */
final class History {
  /** Longest history, in symbols. */
  static final int MAX_LENGTH = 8;

  /** Bits per symbol. */
  static final int SYMBOL_BITS = 7;

  /** Number of symbol codes. */
  static final int SYMBOLS = 1 << SYMBOL_BITS;

  /** No symbol: beyond the boundary. */
  static final int NONE = 0;

  /** The paragraph boundary: the end token, or a line break in a prompt. */
  static final int BOUNDARY = 1;

  /** The empty history. */
  static final long EMPTY = 0;

  private static final int TOP_SHIFT = SYMBOL_BITS * (MAX_LENGTH - 1);

  private History() {}

  /** The history after one more symbol; a boundary erases earlier symbols. */
  static long append(long history, int symbol) {
    long kept = symbol == BOUNDARY ? EMPTY : history >>> SYMBOL_BITS;
    return (long) symbol << TOP_SHIFT | kept;
  }

  /** Number of symbols in it. */
  static int length(long history) {
    int unused = history == 0 ? MAX_LENGTH : Long.numberOfTrailingZeros(history) / SYMBOL_BITS;
    return MAX_LENGTH - unused;
  }

  /** Its {@code length} nearest symbols alone. */
  static long nearest(long history, int length) {
    int dropped = SYMBOL_BITS * (MAX_LENGTH - length);
    return history >>> dropped << dropped;
  }

  /**
   * Above every history of a text that begins with the given {@code length} symbols, and at most
   * the next one up; stays within 56 bits.
   */
  static long after(long nearest, int length) {
    long next = nearest + (1L << (SYMBOL_BITS * (MAX_LENGTH - length)));
    return Math.min(next, (1L << (SYMBOL_BITS * MAX_LENGTH)) - 1);
  }

  /** The symbol at a distance, 0 being the nearest. */
  static int symbolAt(long history, int distance) {
    return (int) (history >>> (TOP_SHIFT - SYMBOL_BITS * distance)) & (SYMBOLS - 1);
  }
}
