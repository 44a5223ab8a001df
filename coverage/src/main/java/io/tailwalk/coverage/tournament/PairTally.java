package io.tailwalk.coverage.tournament;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.stats.PromptSizes;

/**
 * Counts, for every ordered pair of candidates and every N, of rows on which the log ratio reaches
 * log N. The pair "j over i" has index {@code i * candidates + j}.
 */
sealed interface PairTally permits IndependentPairs, ClusteredPairs {

  /**
   * Adds one row.
   *
   * @param reach for each pair, the largest threshold in nats that its log ratio reaches; minus
   *     infinity for a candidate and itself
   */
  void add(long promptKey, double[] reach);

  /** Merges another tally of the same kind. */
  void merge(PairTally other);

  /** Rows counted for each pair at the given N. */
  long[] counts(int n);

  /** Simultaneous intervals of all pairs at the given N. */
  Interval[] intervals(int n, PromptSizes sizes, Confidence confidence);

  /**
   * Candidates shown not to minimise the worst case; each true minimiser is included wrongly with
   * probability at most delta.
   */
  boolean[] ruledOut(int n, PromptSizes sizes, Confidence confidence);
}
