package io.tailwalk.sampling;

import io.tailwalk.core.Exponentials;

/**
 * The threshold of {@link ThresholdResampling} for many weights, of which each step reads only the
 * blocks with a weight at or above the threshold.
 */
final class WeightBlocks {
  private static final int BLOCK = Exponentials.BLOCK;

  private WeightBlocks() {}

  /** See {@link ThresholdResampling#threshold}. */
  static double threshold(double[] weights, int count, int n) {
    int blocks = Math.ceilDiv(count, BLOCK);
    double[] sums = new double[blocks];
    double[] largest = new double[blocks];
    int positive = 0;
    double total = 0;
    for (int block = 0; block < blocks; block++) {
      int from = block * BLOCK;
      int to = Math.min(count, from + BLOCK);
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
    if (positive <= n) {
      return 0;
    }
    double threshold = total / n;
    for (int kept = -1; ; ) {
      int above = 0;
      double rest = 0;
      for (int block = 0; block < blocks; block++) {
        if (largest[block] < threshold) {
          rest += sums[block];
          continue;
        }
        int to = Math.min(count, (block + 1) * BLOCK);
        for (int i = block * BLOCK; i < to; i++) {
          if (weights[i] >= threshold) {
            above++;
          } else {
            rest += weights[i];
          }
        }
      }
      if (above == kept || above >= n || rest == 0) {
        return threshold;
      }
      kept = above;
      threshold = Math.min(threshold, rest / (n - above));
    }
  }
}
