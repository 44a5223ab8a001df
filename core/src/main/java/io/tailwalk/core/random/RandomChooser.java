package io.tailwalk.core.random;

import java.util.random.RandomGenerator;

/**
 * A chooser that draws from a generator; each categorical or Bernoulli choice uses one uniform
 * number.
 */
public final class RandomChooser implements Chooser {
  private final RandomGenerator random;

  /** Draws from the given generator. */
  public RandomChooser(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public boolean bernoulli(double p) {
    return p >= 1.0 || (p > 0.0 && random.nextDouble() < p);
  }

  @Override
  public int categorical(double[] cumulative, int from, int to) {
    double target = random.nextDouble() * cumulative[to - 1];
    return firstAbove(cumulative, from, to, target);
  }

  /**
   * The first index whose running sum lies strictly above the target: it has positive weight, and
   * it exists because the target, a uniform below 1 times the last sum, is rounded to at most the
   * last sum; equality is resolved by stepping back to the last index that adds weight.
   */
  public static int firstAbove(double[] cumulative, int from, int to, double target) {
    int low = from;
    int high = to - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    while (low > from && cumulative[low] <= cumulative[low - 1]) {
      low--;
    }
    return low;
  }
}
