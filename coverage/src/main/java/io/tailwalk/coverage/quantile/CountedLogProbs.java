package io.tailwalk.coverage.quantile;

import io.tailwalk.coverage.quantile.SortedLogProbs.Limits;
import java.util.Arrays;

/**
 * Log-probabilities counted in classes: the exponent of the double {@code -logProb} and the first
 * {@value #BITS} bits of its significand. A class is a fixed interval of relative width {@code
 * 2^-12} at most, so counts add up whatever the order. An exponent takes 32 KiB; log-probabilities
 * of one table seldom have more than twelve.
 */
final class CountedLogProbs {
  private static final int BITS = 12;
  private static final int SIGNIFICAND = 52;
  private static final int DROPPED = SIGNIFICAND - BITS;
  private static final int CLASSES = 1 << BITS;
  private static final int EXPONENTS = 1 << (Long.SIZE - 1 - SIGNIFICAND);
  private static final long[] NONE = {};

  private final long[][] counts = new long[EXPONENTS][];

  /** Rows of probability zero. */
  private long impossible;

  CountedLogProbs() {
    Arrays.fill(counts, NONE);
  }

  void add(double logProb) {
    if (logProb == Double.NEGATIVE_INFINITY) {
      impossible++;
      return;
    }
    long bits = Double.doubleToRawLongBits(Math.abs(logProb));
    classes((int) (bits >>> SIGNIFICAND))[(int) (bits >>> DROPPED) & (CLASSES - 1)]++;
  }

  private long[] classes(int exponent) {
    if (counts[exponent].length == 0) {
      counts[exponent] = new long[CLASSES];
    }
    return counts[exponent];
  }

  void merge(CountedLogProbs other) {
    for (int exponent = 0; exponent < EXPONENTS; exponent++) {
      long[] theirs = other.counts[exponent];
      for (int k = 0; k < theirs.length; k++) {
        classes(exponent)[k] += theirs[k];
      }
    }
    impossible += other.impossible;
  }

  /** The limits of the class of a rank from 1 to the number of rows, smallest first. */
  Limits at(long rank) {
    long left = rank - impossible;
    if (left <= 0) {
      return new Limits(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }
    for (int exponent = EXPONENTS - 1; exponent >= 0; exponent--) {
      long[] row = counts[exponent];
      for (int k = row.length - 1; k >= 0; k--) {
        left -= row[k];
        if (left <= 0) {
          long number = ((long) exponent << BITS) + k;
          return new Limits(-limit(number + 1), 0.0 - limit(number));
        }
      }
    }
    throw new IllegalArgumentException("rank " + rank + " beyond the last row");
  }

  /** The least magnitude of a class; the largest double behind the last. */
  private static double limit(long number) {
    return Math.min(Double.MAX_VALUE, Double.longBitsToDouble(number << DROPPED));
  }
}
