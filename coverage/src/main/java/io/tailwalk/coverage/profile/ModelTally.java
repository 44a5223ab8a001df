package io.tailwalk.coverage.profile;

import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.LogRatio;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.quantile.LikelihoodQuantiles;
import io.tailwalk.coverage.stats.ClusteredSums;
import java.util.Arrays;
import java.util.Map;

/**
 * Sums of one model over rows, by prompt and by length. Columns: tokens, {@code -log q} and log
 * ratio of rows of positive probability; counts of all rows, of rows of probability zero, and of
 * rows whose log ratio reaches exactly k thresholds of the grid; and its log-probabilities by rank.
 */
final class ModelTally {
  static final int TOKENS = 0;
  static final int NLL = 1;
  static final int LOG_RATIO = 2;
  static final int ROWS = 3;
  static final int ZEROS = 4;
  static final int REACHED = 5;
  private static final int SUMS = 3;

  private final NGrid grid;
  private final boolean referenced;
  private final ClusteredSums byPrompt;
  private final ClusteredSums byLength;
  private final LikelihoodQuantiles quantiles = new LikelihoodQuantiles();
  private final ScoreBatch waiting;
  private boolean lengthsKnown = true;

  /**
   * Starts without rows.
   *
   * @param models number of models that are tallied at the same time
   */
  ModelTally(NGrid grid, boolean referenced, int models) {
    this.grid = grid;
    this.waiting = new ScoreBatch(models);
    this.referenced = referenced;
    this.byPrompt = new ClusteredSums(SUMS, REACHED - SUMS + grid.size() + 1);
    this.byLength = new ClusteredSums(SUMS, REACHED - SUMS + grid.size() + 1);
  }

  void add(long promptKey, double reference, double logProb, long tokens) {
    if (referenced && !(reference <= 0.0 && reference > Double.NEGATIVE_INFINITY)) {
      throw new CoverageException(
          "reference log-probability "
              + reference
              + "; a response drawn from the reference has a finite one <= 0");
    }
    LikelihoodQuantiles.require(logProb);
    if (waiting.add(promptKey, reference, logProb, tokens)) {
      count();
    }
  }

  /** Counts the scores that wait. */
  private void count() {
    for (int k = 0; k < waiting.size(); k++) {
      count(waiting.key(k), waiting.reference(k), waiting.logProb(k), waiting.tokens(k));
    }
    waiting.clear();
  }

  private void count(long promptKey, double reference, double logProb, long tokens) {
    quantiles.add(logProb);
    double ratio = referenced ? LogRatio.of(reference, logProb) : 0.0;
    int reached = referenced ? grid.reached(reference, logProb) : 0;
    addTo(byPrompt, promptKey, logProb, Math.max(0, tokens), ratio, reached);
    if (tokens < 0) {
      lengthsKnown = false;
    } else {
      int lengthKey = Long.SIZE - Long.numberOfLeadingZeros(tokens);
      addTo(byLength, lengthKey, logProb, tokens, ratio, reached);
    }
  }

  private static void addTo(
      ClusteredSums sums, long key, double logProb, long tokens, double ratio, int reached) {
    double[] row = sums.row(key);
    ClusteredSums.add(row, TOKENS, (double) tokens);
    if (logProb == Double.NEGATIVE_INFINITY) {
      sums.tick(row, ZEROS);
    } else {
      ClusteredSums.add(row, NLL, -logProb);
      ClusteredSums.add(row, LOG_RATIO, ratio);
    }
    sums.tick(row, ROWS);
    sums.tick(row, REACHED + reached);
  }

  void merge(ModelTally other) {
    count();
    other.count();
    byPrompt.merge(other.byPrompt);
    byLength.merge(other.byLength);
    quantiles.merge(other.quantiles);
    lengthsKnown &= other.lengthsKnown;
  }

  double[] totals() {
    count();
    return byPrompt.totals();
  }

  double[][] byPrompt() {
    count();
    return byPrompt.matrix();
  }

  /** The log-probabilities by rank. */
  LikelihoodQuantiles quantiles() {
    count();
    return quantiles;
  }

  /** Whether the number of tokens is known for every row. */
  boolean knowsLengths() {
    count();
    return lengthsKnown;
  }

  /**
   * Rows of sums by length class, with the class: 0 for no tokens, b for 2^(b-1) to 2^b - 1; none
   * if a length is unknown.
   */
  Map<Long, double[]> byLength() {
    count();
    return lengthsKnown ? byLength.rows() : Map.of();
  }

  /**
   * From a row of sums, the number of rows that reach the k-th threshold or a later one, for every
   * k.
   */
  double[] uncovered(double[] sums) {
    double[] counts = new double[grid.size()];
    double running = 0;
    for (int k = grid.size() - 1; k >= 0; k--) {
      running += sums[REACHED + k + 1];
      counts[k] = running;
    }
    return counts;
  }

  /** {@link #uncovered} for each prompt, with the number of rows as a last column. */
  double[][] uncoveredByPrompt(double[][] sums) {
    double[][] counts = new double[sums.length][];
    Arrays.setAll(
        counts,
        g -> {
          double[] row = Arrays.copyOf(uncovered(sums[g]), grid.size() + 1);
          row[grid.size()] = sums[g][ROWS];
          return row;
        });
    return counts;
  }
}
