package io.tailwalk.coverage.quantile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Log-probabilities by rank, smallest first, in bounded memory. Up to {@link #EXACT_ROWS} rows all
 * values are kept; a larger number is counted in classes ({@link CountedLogProbs}). Which of the
 * two depends on the number of rows alone, so the order of addition and of merging changes nothing.
 */
final class SortedLogProbs {
  static final int EXACT_ROWS = 1 << 15;
  private static final int FEWEST = 16;

  private double[] kept = new double[FEWEST];
  private boolean sorted;

  /** Null while values are kept. */
  private @Nullable CountedLogProbs counted;

  private long rows;

  /**
   * The limits of a value; equal if it is known.
   *
   * @param low at most the value
   * @param high at least the value
   */
  record Limits(double low, double high) {
    double middle() {
      return low == high ? low : low + (high - low) / 2;
    }
  }

  long rows() {
    return rows;
  }

  void add(double logProb) {
    if (counted == null && rows < EXACT_ROWS) {
      keep(logProb);
    } else {
      counts().add(logProb);
    }
    rows++;
  }

  private void keep(double logProb) {
    if (rows == kept.length) {
      kept = Arrays.copyOf(kept, Math.min(EXACT_ROWS, 2 * kept.length));
    }
    kept[(int) rows] = logProb;
    sorted = false;
  }

  /** The counts, which from now on replace the values. */
  private CountedLogProbs counts() {
    CountedLogProbs counts = counted;
    if (counts == null) {
      counts = new CountedLogProbs();
      for (int row = 0; row < rows; row++) {
        counts.add(kept[row]);
      }
      kept = new double[0];
      counted = counts;
    }
    return counts;
  }

  void merge(SortedLogProbs other) {
    CountedLogProbs theirs = other.counted;
    if (theirs == null) {
      for (int row = 0; row < other.rows; row++) {
        add(other.kept[row]);
      }
    } else {
      counts().merge(theirs);
      rows += other.rows;
    }
  }

  /** The value of a rank from 1 to the number of rows. */
  Limits at(long rank) {
    if (!(rank >= 1 && rank <= rows)) {
      throw new IllegalArgumentException("rank " + rank + " of " + rows + " rows");
    }
    if (counted != null) {
      return counted.at(rank);
    }
    if (!sorted) {
      Arrays.sort(kept, 0, (int) rows);
      sorted = true;
    }
    double value = kept[(int) rank - 1];
    return new Limits(value, value);
  }
}
