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
   * @param reached for each pair, how many N of the grid its log ratio reaches
   */
  void add(long promptKey, int[] reached);

  /** Adds all of another tally of the same kind. */
  void merge(PairTally other);

  /** Rows counted for each pair at the given N. */
  long[] counts(int n);

  /** Intervals of all pairs at the given N, holding together. */
  Interval[] intervals(int n, PromptSizes sizes, Confidence confidence);

  /** Candidates shown not to minimise the worst case; each true minimiser errs at most delta. */
  boolean[] ruledOut(int n, PromptSizes sizes, Confidence confidence);
}
