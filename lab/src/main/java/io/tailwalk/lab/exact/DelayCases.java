package io.tailwalk.lab.exact;

import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.Problem;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * The delay task (arXiv 2510.03149, Example 3.2) with its distributions. A cell is the number of
 * ones before the last letter together with the last letter.
 */
final class DelayCases {
  private DelayCases() {}

  /** The tilt is the share of ones, our reading of the example. */
  static KnownCase share(int length) {
    return of("share, H=" + length, Classics.delay(length), length, ones -> ones);
  }

  /** The tilt is e to the number of ones: the same reward r at temperature 1/H. */
  static KnownCase tilted(int length) {
    return of("tilted, H=" + length, Classics.delayTilted(length), length, Math::exp);
  }

  /**
   * The base distribution is uniform, and the target is the base distribution times the tilt.
   * Without backtracking, all letters but the last follow the base distribution, since siblings
   * have equal values, and the last letter follows the tilt.
   */
  private static KnownCase of(String name, Problem problem, int length, IntToDoubleFunction tilt) {
    double[] base = Binomial.distribution(length - 1, 0.5);
    double[] target = new double[2 * length];
    double[] action = new double[2 * length];
    double[] reward = new double[2 * length];
    for (int ones = 0; ones < length; ones++) {
      double zero = tilt.applyAsDouble(ones);
      double one = tilt.applyAsDouble(ones + 1);
      target[2 * ones] = base[ones] * zero;
      target[2 * ones + 1] = base[ones] * one;
      action[2 * ones] = base[ones] * zero / (zero + one);
      action[2 * ones + 1] = base[ones] * one / (zero + one);
      reward[2 * ones] = (double) ones / length;
      reward[2 * ones + 1] = (ones + 1.0) / length;
    }
    double sum = Arrays.stream(target).sum();
    for (int cell = 0; cell < target.length; cell++) {
      target[cell] /= sum;
    }
    return new KnownCase(name, problem, tokens -> cell(tokens, length), target, action, reward);
  }

  private static int cell(int[] tokens, int length) {
    return 2 * Arrays.stream(tokens, 0, length - 1).sum() + tokens[length - 1];
  }
}
