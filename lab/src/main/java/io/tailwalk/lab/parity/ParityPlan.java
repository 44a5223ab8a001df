package io.tailwalk.lab.parity;

import io.tailwalk.lab.Scale;
import java.util.List;

/**
 * How much is run.
 *
 * @param tasks by rising length
 * @param rollouts that each value is learned from
 * @param values learned for each length
 * @param searches of each sampler with each value
 */
record ParityPlan(List<ParityTask> tasks, int rollouts, int values, int searches) {
  private static final int BITS = 2;
  private static final int LATE = 1;

  /** Keeps a copy. */
  ParityPlan {
    tasks = List.copyOf(tasks);
  }

  static ParityPlan of(Scale scale) {
    return scale == Scale.FULL
        ? new ParityPlan(tasks(2, 3, 4, 5, 6, 7, 8), 40_000, 5, 200)
        : new ParityPlan(tasks(2, 4, 6, 8), 10_000, 2, 100);
  }

  private static List<ParityTask> tasks(Integer... blocks) {
    return List.of(blocks).stream().map(count -> new ParityTask(count, BITS, LATE)).toList();
  }

  /** Pieces of work. */
  int pieces() {
    return tasks.size() * (values + 1) * Searcher.all().size();
  }
}
