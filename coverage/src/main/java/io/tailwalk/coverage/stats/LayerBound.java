package io.tailwalk.coverage.stats;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * A bound on a weighted mean of layers whose joint distribution is unknown. Layer r is the r-th row
 * of every prompt that has one, m_r of n rows. If the mean is at most {@code S = sum (m_r / n) S_r}
 * and each {@code E(S_r - a)+} is known or bounded, then, {@code s -> (s - a)+} being convex,
 * {@code E(S - a)+ <= sum (m_r / n) E(S_r - a)+} by Jensen, and {@code P(S >= e) <= E(S - a)+ / (e
 * - a)} for every {@code a < e} by Markov. Setting that to delta gives {@code e = a + (1/delta) sum
 * (m_r / n) E(S_r - a)+} for any a that does not depend on the data; the least of them is used.
 */
final class LayerBound {
  private static final int SEARCH_STEPS = 80;

  private LayerBound() {}

  /** {@code E(S_r - a)+} of a layer, or a bound on it. */
  @FunctionalInterface
  interface Excess {
    /**
     * The excess, at least 0; convex in a.
     *
     * @param rows rows of the layer, at least 1
     * @param a in [0, 1]
     */
    double over(long rows, double a);
  }

  /**
   * The e that S reaches with probability at most delta; may be above 1.
   *
   * @param layers rows of each layer
   * @param delta error probability in (0, 1)
   */
  static double of(long[] layers, double delta, Excess excess) {
    Map<Long, Double> shares = shares(layers);
    return minimum(a -> a + meanExcess(shares, a, excess) / delta);
  }

  /** The share of all rows in layers of each size. */
  private static Map<Long, Double> shares(long[] layers) {
    double rows = Arrays.stream(layers).sum();
    Map<Long, Double> shares = new TreeMap<>();
    for (long layer : layers) {
      shares.merge(layer, layer / rows, Double::sum);
    }
    return shares;
  }

  private static double meanExcess(Map<Long, Double> shares, double a, Excess excess) {
    double sum = 0;
    for (Map.Entry<Long, Double> each : shares.entrySet()) {
      sum += each.getValue() * excess.over(each.getKey(), a);
    }
    return sum;
  }

  /** Minimum over [0, 1] of a convex function, by ternary search. */
  private static double minimum(DoubleUnaryOperator f) {
    double low = 0;
    double high = 1;
    for (int step = 0; step < SEARCH_STEPS; step++) {
      double third = (high - low) / 3;
      if (f.applyAsDouble(low + third) <= f.applyAsDouble(high - third)) {
        high -= third;
      } else {
        low += third;
      }
    }
    return f.applyAsDouble((low + high) / 2);
  }
}
