package io.tailwalk.coverage.profile;

import java.util.Arrays;

/**
 * Scores of one model that wait to be counted. The sums by prompt of several models do not fit into
 * a processor's cache together; counted some thousand scores of one model at a time, they are
 * fetched from memory once for many scores, even if the rows of a table change the model at each
 * row.
 */
final class ScoreBatch {
  private static final int LARGEST = 1 << 14;
  private static final int SMALLEST = 1 << 8;

  /** Scores of all models together, 8 MiB. */
  private static final int TOGETHER = 1 << 18;

  private static final int FEWEST = 64;
  private static final int NUMBERS = 4;

  /** The numbers of a score side by side, so that it is one place in memory. */
  private long[] numbers = new long[NUMBERS * FEWEST];

  private final int most;
  private int size;

  /**
   * An empty batch.
   *
   * @param models number of models that have a batch each
   */
  ScoreBatch(int models) {
    most = Math.clamp(Integer.highestOneBit(Math.max(1, TOGETHER / models)), SMALLEST, LARGEST);
  }

  /** Number of scores that wait. */
  int size() {
    return size;
  }

  /** Adds a score; true if the batch is then full. */
  boolean add(long key, double reference, double logProb, long tokens) {
    int first = NUMBERS * size;
    if (first == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.min(NUMBERS * most, 4 * first));
    }
    numbers[first] = key;
    numbers[first + 1] = Double.doubleToRawLongBits(reference);
    numbers[first + 2] = Double.doubleToRawLongBits(logProb);
    numbers[first + 3] = tokens;
    size++;
    return size == most;
  }

  long key(int score) {
    return numbers[NUMBERS * score];
  }

  double reference(int score) {
    return Double.longBitsToDouble(numbers[NUMBERS * score + 1]);
  }

  double logProb(int score) {
    return Double.longBitsToDouble(numbers[NUMBERS * score + 2]);
  }

  long tokens(int score) {
    return numbers[NUMBERS * score + 3];
  }

  void clear() {
    size = 0;
  }
}
