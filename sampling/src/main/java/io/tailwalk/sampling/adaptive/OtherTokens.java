package io.tailwalk.sampling.adaptive;

import java.util.HashMap;
import java.util.Map;

/**
 * What the tokens without a place do to the verifier's states: a few of them stand for all, and the
 * share that leaves hope is measured by state.
 */
final class OtherTokens {
  /** Nodes that the mean of all nodes counts as in each state. */
  private static final double PRIOR = 3;

  private final int[] tokens;
  private final Map<Integer, double[]> byState = new HashMap<>();
  private final double[] all = new double[3];

  /** Tokens that stand for all, possibly none; not copied. */
  OtherTokens(int[] tokens) {
    this.tokens = tokens;
  }

  /** Tokens that stand for all; shared, not to be changed. */
  int[] tokens() {
    return tokens;
  }

  /**
   * Adds a node.
   *
   * @param state its state
   * @param alive probability of the tokens without a place that leave hope
   * @param total probability of all tokens without a place
   */
  void add(int state, double alive, double total) {
    double[] sums = byState.computeIfAbsent(state, _ -> new double[all.length]);
    for (double[] to : new double[][] {sums, all}) {
      to[0] += Math.clamp(alive, 0, total);
      to[1] += total;
      to[2]++;
    }
  }

  /** Share of these tokens' probability that leaves hope in a state. */
  double alive(int state) {
    if (!(all[1] > 0)) {
      return 1;
    }
    double[] sums = byState.getOrDefault(state, new double[all.length]);
    double prior = PRIOR * all[1] / all[2];
    return (sums[0] + prior * all[0] / all[1]) / (sums[1] + prior);
  }
}
