package io.tailwalk.lab.exact;

import io.tailwalk.builtin.problem.Classics;
import java.util.Arrays;

/** The ABC task (arXiv 2510.03149, Example 3.1) with its two distributions. */
final class AbcCases {
  private AbcCases() {}

  /**
   * The ABC task of a length. A cell is the number of a's among all letters but the last: for these
   * letters, sampling without backtracking tosses coins of bias {@code (1 + error) / (2 + error)},
   * while the target's coins are fair; the last letter is exact.
   */
  static KnownCase of(int length, double error) {
    double[] target = Binomial.distribution(length - 1, 0.5);
    double[] reward = new double[target.length];
    Arrays.fill(reward, 1);
    return new KnownCase(
        "H=" + length,
        Classics.abc(length, error),
        tokens -> (int) Arrays.stream(tokens, 0, length - 1).filter(token -> token == 0).count(),
        target,
        Binomial.distribution(length - 1, (1 + error) / (2 + error)),
        reward);
  }
}
