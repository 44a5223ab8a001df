package io.tailwalk.lab.masked;

import io.tailwalk.lab.Measured;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The tasks of one length.
 *
 * @param length number of positions
 * @param tasks the results of the tasks
 */
record LengthResult(int length, List<TaskResult> tasks) {
  /** Keeps a copy. */
  LengthResult {
    tasks = List.copyOf(tasks);
  }

  private Measured mean(ToDoubleFunction<TaskResult> figure) {
    return Measured.of(tasks.stream().mapToDouble(figure).toArray());
  }

  /** Mean total variation between a draw and the target. */
  Measured distance(Rival rival) {
    return mean(task -> task.row(rival).distance());
  }

  /** Mean total variation of a sampler minus that of VGB on the same task. */
  Measured excess(Rival rival) {
    return mean(task -> task.row(rival).distance() - task.row(Rival.VGB).distance());
  }

  /** Mean probability that a draw has a reward. */
  Measured accuracy(Rival rival) {
    return mean(task -> task.row(rival).accuracy());
  }

  /** Mean number of evaluations of a draw. */
  Measured evaluations(Rival rival) {
    return mean(task -> task.row(rival).evaluations());
  }

  /** The mean of the model's probability of a reward. */
  Measured success() {
    return mean(TaskResult::success);
  }

  /** The mean of the tasks' errors of the log of the value. */
  Measured logError() {
    return mean(TaskResult::logError);
  }

  /** The mean share of sequences with a value above 0 that cannot be completed with a reward. */
  Measured undetected() {
    return mean(TaskResult::undetected);
  }
}
