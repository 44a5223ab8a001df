package io.tailwalk.lab.ess;

import io.tailwalk.core.random.Streams;
import io.tailwalk.runs.work.Workers;
import java.util.List;

/**
 * Measures samplers so that all use the same number of nodes. Samplers finish what they have begun
 * or stop short of it, each in its own way; so a few runs of their own find the budget at which a
 * sampler's mean use is the target.
 *
 * @param workers who runs
 * @param repeats measured runs a sampler
 * @param seed of all randomness
 */
record Bench(Workers workers, int repeats, long seed) {
  private static final int PRE_RUNS = 24;
  private static final int ROUNDS = 3;
  private static final double CLOSE = 0.02;

  Measurement measure(DyckCell cell, Contender contender, long target) {
    MidHeight height = MidHeight.of(cell.length());
    long budget = budget(cell, height, contender, target);
    return new Measurement(contender, target, runs(cell, height, contender, budget, seed, repeats));
  }

  private long budget(DyckCell cell, MidHeight height, Contender contender, long target) {
    long other = Streams.key(seed, 2);
    long budget = target;
    long best = target;
    double bestMiss = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS && bestMiss > CLOSE; round++) {
      double used =
          runs(cell, height, contender, budget, other, PRE_RUNS).stream()
              .mapToLong(Trial::nodes)
              .average()
              .orElse((double) target);
      double miss = Math.abs(used / target - 1);
      if (miss < bestMiss) {
        best = budget;
        bestMiss = miss;
      }
      budget = Math.clamp(Math.round(budget * target / used), target / 2, target * 2);
    }
    return best;
  }

  private List<Trial> runs(
      DyckCell cell, MidHeight height, Contender contender, long budget, long key, int count) {
    return workers.map(
        count,
        repeat -> Trial.run(cell, height, contender, new Trial.Setting(budget, key, repeat)));
  }
}
