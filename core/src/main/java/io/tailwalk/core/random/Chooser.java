package io.tailwalk.core.random;

/**
 * Every random choice of a sampler. Production draws from a seeded generator; the testkit walks
 * through all outcomes and multiplies their probabilities, so that a sampler's law can be computed
 * exactly on a small tree.
 */
public interface Chooser {

  /** True with probability {@code p}; {@code p <= 0} is never, {@code p >= 1} always. */
  boolean bernoulli(double p);

  /**
   * An index drawn from a discrete law given by running sums.
   *
   * @param cumulative non-decreasing, non-negative running sums in {@code [from, to)}, the last
   *     above zero; need not end in 1
   * @return an index in {@code [from, to)} whose weight (difference to the one before; the first:
   *     its own sum) is above zero: an outcome of weight zero is never returned
   */
  int categorical(double[] cumulative, int from, int to);
}
