package io.tailwalk.core.random;

/**
 * The random choices of a sampler. Production code draws from a seeded generator; the testkit
 * enumerates all outcomes and multiplies their probabilities, so that a sampler's distribution can
 * be computed exactly on a small tree.
 */
public interface Chooser {

  /** True with probability {@code p}; {@code p <= 0} is never, {@code p >= 1} always. */
  boolean bernoulli(double p);

  /**
   * An index drawn from a discrete distribution given by running sums.
   *
   * @param cumulative non-decreasing, non-negative running sums in {@code [from, to)}, the last
   *     above zero; need not end in 1
   * @return an index in {@code [from, to)} whose weight (difference to the one before; the first:
   *     its own sum) is above zero: an outcome of weight zero is never returned
   */
  int categorical(double[] cumulative, int from, int to);
}
