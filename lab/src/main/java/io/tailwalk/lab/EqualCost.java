package io.tailwalk.lab;

import java.util.function.LongToDoubleFunction;

/**
 * Finds the budget at which a sampler's mean use equals a target. Some samplers finish the work
 * they have started, others stop before it, so equal budgets do not mean equal use.
 *
 * @param rounds maximum number of budgets to try
 * @param close largest relative distance from the target at which a mean use counts as equal
 */
public record EqualCost(int rounds, double close) {

  /**
   * The budget whose mean use is nearest to the target; between half and twice the target.
   *
   * @param target wanted mean use
   * @param meanUse mean use of a few separate runs at a budget
   */
  public long budget(long target, LongToDoubleFunction meanUse) {
    long budget = target;
    long best = target;
    double bestMiss = Double.POSITIVE_INFINITY;
    for (int round = 0; round < rounds && bestMiss > close; round++) {
      double used = meanUse.applyAsDouble(budget);
      double miss = Math.abs(used / target - 1);
      if (miss < bestMiss) {
        best = budget;
        bestMiss = miss;
      }
      budget = Math.clamp(Math.round(budget * target / Math.max(1, used)), target / 2, target * 2);
    }
    return best;
  }
}
