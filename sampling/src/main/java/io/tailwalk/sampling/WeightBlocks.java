package io.tailwalk.sampling;

import io.tailwalk.core.Exponentials;

/**
 * Many weights in blocks, for {@link ThresholdResampling}: a split at a threshold reads only the
 * blocks with a weight at or above it.
 */
final class WeightBlocks {
  private static final int BLOCK = Exponentials.BLOCK;

  private final double[] weights;
  private final int count;
  private final double[] sums;
  private final double[] largest;
  private int positive;
  private double total;

  /** Reads the first {@code count} weights, which must not change afterwards. */
  WeightBlocks(double[] weights, int count) {
    this.weights = weights;
    this.count = count;
    this.sums = new double[Math.ceilDiv(count, BLOCK)];
    this.largest = new double[sums.length];
    for (int block = 0; block < sums.length; block++) {
      int from = block * BLOCK;
      int to = end(block);
      sums[block] = Exponentials.sum(weights, from, to - from);
      total += sums[block];
      double most = 0;
      int here = 0;
      for (int i = from; i < to; i++) {
        most = Math.max(most, weights[i]);
        here += weights[i] > 0 ? 1 : 0;
      }
      largest[block] = most;
      positive += here;
    }
  }

  private int end(int block) {
    return Math.min(count, (block + 1) * BLOCK);
  }

  /** See {@link ThresholdResampling#threshold}. */
  double threshold(int n) {
    return positive <= n ? 0 : ThresholdResampling.solve(total, n, this::split);
  }

  private ThresholdResampling.Split split(double threshold) {
    int above = 0;
    double rest = 0;
    for (int block = 0; block < sums.length; block++) {
      if (largest[block] < threshold) {
        rest += sums[block];
      } else {
        var inside = ThresholdResampling.Split.of(weights, block * BLOCK, end(block), threshold);
        above += inside.above();
        rest += inside.rest();
      }
    }
    return new ThresholdResampling.Split(above, rest);
  }
}
