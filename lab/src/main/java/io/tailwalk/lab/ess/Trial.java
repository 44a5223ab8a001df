package io.tailwalk.lab.ess;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.Problems;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampling;

/**
 * One run of one sampler.
 *
 * @param error error of the estimate, in standard deviations of the target
 * @param nodes nodes expanded or nodes on which the model was evaluated, whichever is more
 * @param empty whether there was no completion; the error is then 1
 */
record Trial(double error, long nodes, boolean empty) {
  /** More completions than any budget here allows. */
  private static final int DRAWS = 4096;

  static Trial run(DyckCell cell, MidHeight height, Contender contender, Setting setting) {
    var budget = Budget.UNLIMITED.withNodes(setting.budget()).withModelTokens(setting.budget());
    long seed = Streams.key(setting.seed(), setting.repeat(), 1);
    Sampling sampling =
        Problems.run(
            cell.problem(setting.seed(), setting.repeat()),
            contender.sampler(),
            RunOptions.of(DRAWS, budget, seed));
    Cost cost = sampling.cost();
    return new Trial(
        height.error(sampling.outcomes()),
        Math.max(cost.nodesExpanded(), cost.modelTokens()),
        sampling.outcomes().isEmpty());
  }

  /** The budget of a run in nodes, and the key of its randomness. */
  record Setting(long budget, long seed, int repeat) {}
}
