package io.tailwalk.sampling;

import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Choice of at most N out of many weighted items such that every item's expected weight is its own:
 * items at or above a threshold are kept unchanged, the others survive by systematic sampling and
 * then have the weight of the threshold. No item is chosen twice. Source: Fearnhead and Clifford,
 * "On-line inference for hidden Markov models via particle filters", JRSS B 65 (2003), section 4:
 * among unbiased choices of the same number of items it has the least expected squared error.
 */
public final class ThresholdResampling {
  /** More weights than this are read in blocks. */
  private static final int MANY = 1024;

  private ThresholdResampling() {}

  /**
   * The threshold t with {@code sum_i min(w_i / t, 1) = n}; 0 if no more than n weights are
   * positive (all are kept).
   *
   * @param weights non-negative; only the first {@code count} are read
   */
  public static double threshold(double[] weights, int count, int n) {
    return count > MANY
        ? new WeightBlocks(weights, count).threshold(n)
        : inOrder(weights, count, n);
  }

  private static double inOrder(double[] weights, int count, int n) {
    int positive = 0;
    double total = 0;
    for (int i = 0; i < count; i++) {
      if (weights[i] > 0) {
        positive++;
        total += weights[i];
      }
    }
    return positive <= n ? 0 : solve(total, n, threshold -> Split.of(weights, 0, count, threshold));
  }

  /**
   * Weights at or above a threshold and the others.
   *
   * @param above number of the former
   * @param rest sum of the latter
   */
  record Split(int above, double rest) {
    static Split of(double[] weights, int from, int to, double threshold) {
      int above = 0;
      double rest = 0;
      for (int i = from; i < to; i++) {
        if (weights[i] >= threshold) {
          above++;
        } else {
          rest += weights[i];
        }
      }
      return new Split(above, rest);
    }
  }

  /**
   * The threshold of more than n positive weights.
   *
   * @param split splits the weights at a threshold
   */
  static double solve(double total, int n, DoubleFunction<Split> split) {
    double threshold = total / n;
    for (int kept = -1; ; ) {
      Split at = split.apply(threshold);
      if (at.above() == kept || at.above() >= n || at.rest() == 0) {
        return threshold;
      }
      kept = at.above();
      threshold = Math.min(threshold, at.rest() / (n - at.above()));
    }
  }

  /**
   * Number of items to choose if each one costs an expansion at every step, at most n: about {@code
   * sum_i min(n w_i / sum w, 1)}, the number with a threshold of an n-th of the weight. Squared
   * error {@code sum w (t - w)} then falls by the same amount for one more expansion at every step;
   * n at each step would spend most expansions on steps whose weight is concentrated in few items.
   */
  public static int worthwhile(double[] weights, int count, int n) {
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += weights[i];
    }
    double items = 0;
    for (int i = 0; i < count; i++) {
      items += Math.min(n * (weights[i] / total), 1);
    }
    return Math.clamp(Math.round(items), 1, n);
  }

  /**
   * New weights: 0 for items not chosen. One uniform is drawn per stratum.
   *
   * @param weights non-negative, replaced by the new ones
   */
  public static void choose(double[] weights, int count, int n, RandomGenerator random) {
    double threshold = threshold(weights, count, n);
    if (threshold == 0) {
      return;
    }
    double before = 0;
    int stratum = 0;
    double point = random.nextDouble() * threshold;
    for (int i = 0; i < count; i++) {
      if (weights[i] >= threshold) {
        continue;
      }
      double after = before + weights[i];
      weights[i] = 0;
      while (point < after) {
        weights[i] += threshold;
        stratum++;
        point = (stratum + random.nextDouble()) * threshold;
      }
      before = after;
    }
  }
}
