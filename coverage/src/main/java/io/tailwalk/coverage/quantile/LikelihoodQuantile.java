package io.tailwalk.coverage.quantile;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.stats.QuantileRanks;

/**
 * A likelihood quantile of one model, on the logarithmic scale.
 *
 * @param ranks the share epsilon, and the ranks of the value and the ends among the rows
 * @param logProb {@code log Q(epsilon)}, nats, at most 0; {@code -inf} if more than a share epsilon
 *     of the responses have probability zero
 * @param interval its confidence interval, for this epsilon alone, nats. The low end is open,
 *     {@code -inf}, if prompts are too few for any end, rank 0, or if its row has probability zero.
 *     The high end is 0, certain, if prompts are too few for a lower one. Ends are equal only if so
 *     many responses have that same probability that both guaranteed ends lie among them
 */
public record LikelihoodQuantile(QuantileRanks ranks, double logProb, Interval interval) {
  /** Share of the responses, in (0, 1). */
  public double epsilon() {
    return ranks.epsilon();
  }

  /**
   * How the high end is known. An {@link Interval} calls every infinite end open; a high end of
   * {@code -inf} says something, and is guaranteed: Q(epsilon) is zero.
   */
  public EndKind highKind() {
    return interval.high() == Double.NEGATIVE_INFINITY ? EndKind.GUARANTEED : interval.highKind();
  }
}
