package io.tailwalk.lab.ess;

import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.EqualCost;
import io.tailwalk.runs.work.Workers;
import java.util.List;

/**
 * Measures samplers so that all use the same number of nodes. Some samplers finish the work they
 * have started, others stop before it; a few separate runs therefore find the budget at which a
 * sampler's mean use equals the target.
 *
 * @param workers threads that run the samplers
 * @param repeats measured runs per sampler
 * @param seed seed of all randomness
 */
record Bench(Workers workers, int repeats, long seed) {
  private static final int PRE_RUNS = 24;
  private static final EqualCost EQUAL = new EqualCost(3, 0.02);

  Measurement measure(DyckCell cell, Contender contender, long target) {
    MidHeight height = MidHeight.of(cell.length());
    long budget = budget(cell, height, contender, target);
    return new Measurement(contender, target, runs(cell, height, contender, budget, seed, repeats));
  }

  private long budget(DyckCell cell, MidHeight height, Contender contender, long target) {
    long other = Streams.key(seed, 2);
    return EQUAL.budget(
        target,
        budget ->
            runs(cell, height, contender, budget, other, PRE_RUNS).stream()
                .mapToLong(Trial::nodes)
                .average()
                .orElse((double) target));
  }

  private List<Trial> runs(
      DyckCell cell, MidHeight height, Contender contender, long budget, long key, int count) {
    return workers.map(
        count,
        repeat -> Trial.run(cell, height, contender, new Trial.Setting(budget, key, repeat)));
  }
}
