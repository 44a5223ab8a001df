package io.tailwalk.lab;

import java.util.function.LongToDoubleFunction;

/**
 * Finds the budget at which a sampler's mean use is a target. Samplers finish what they have begun
 * or stop short of it, each in its own way, so that equal budgets are not equal use.
 *
 * @param rounds budgets tried at most
 * @param close a mean use within this share of the target counts as equal
 */
public record EqualCost(int rounds, double close) {

  /**
   * The budget whose mean use is nearest to the target, between half and twice as much.
   *
   * @param target use that is wanted
   * @param meanUse mean use of a few runs of their own with a budget
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
