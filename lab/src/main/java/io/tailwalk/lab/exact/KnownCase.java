package io.tailwalk.lab.exact;

import io.tailwalk.builtin.problem.Problem;
import java.util.function.ToIntFunction;

/**
 * A problem on which the target and the distribution of sampling without backtracking are known,
 * summarised in cells on which their ratio is constant.
 *
 * @param name name in tables
 * @param problem the problem, with values that err
 * @param cellOf the cell of a complete response
 * @param target probability of each cell under {@code pi*}
 * @param actionLevel probability of each cell without backtracking
 * @param reward mean reward in each cell under either distribution
 */
@SuppressWarnings("ArrayRecordComponent") // vectors of doubles, never compared
record KnownCase(
    String name,
    Problem problem,
    ToIntFunction<int[]> cellOf,
    double[] target,
    double[] actionLevel,
    double[] reward) {

  /** H. */
  int length() {
    return problem.maxTokens();
  }

  /** Total variation between sampling without backtracking and the target. */
  double actionDistance() {
    return Binomial.totalVariation(actionLevel, target);
  }

  /** Mean reward of the target minus that of sampling without backtracking. */
  double actionRegret() {
    return mean(target) - mean(actionLevel);
  }

  /** Mean reward of the target. */
  double targetReward() {
    return mean(target);
  }

  private double mean(double[] distribution) {
    double sum = 0;
    for (int cell = 0; cell < distribution.length; cell++) {
      sum += distribution[cell] * reward[cell];
    }
    return sum;
  }
}
