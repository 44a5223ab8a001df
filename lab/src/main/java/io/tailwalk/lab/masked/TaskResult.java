package io.tailwalk.lab.masked;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The distributions of all samplers on one task, computed without sampling.
 *
 * @param success the model's probability of a reward
 * @param logError root mean square of the log of value over exact value, over incomplete sequences
 *     that can be completed with a reward
 * @param undetected share of the incomplete sequences with a value above 0 that cannot be completed
 *     with a reward
 * @param rows the samplers
 */
record TaskResult(double success, double logError, double undetected, Map<Rival, Row> rows) {
  /** Keeps a copy. */
  TaskResult {
    rows = Map.copyOf(rows);
  }

  /**
   * One sampler.
   *
   * @param distance total variation between its draw and the target; a draw without a reward, or
   *     none, counts as different from all
   * @param accuracy probability that its draw has a reward
   * @param evaluations mean number of evaluations of a draw, all descents made
   * @param count number of descents; 0 for a walk
   * @param logProb mean log-probability of the drawn sequence under the model, given that it has a
   *     reward
   */
  record Row(double distance, double accuracy, double evaluations, int count, double logProb) {}

  /** The row of a sampler. */
  Row row(Rival rival) {
    return Objects.requireNonNull(rows.get(rival));
  }

  static TaskResult of(MaskedTask task) {
    var graph = new StateGraph(task);
    Map<Rival, Row> rows = new EnumMap<>(Rival.class);
    double budget = 0;
    for (Rival rival : Rival.values()) {
      StateGraph.Outcome once = rival.once(task, graph);
      Row row = rival.isWalk() ? again(task, once) : repeated(task, once, budget);
      budget = rival == Rival.VGB ? row.evaluations() : budget;
      rows.put(rival, row);
    }
    double squares = 0;
    int alive = 0;
    int dead = 0;
    for (int state = 0; state < task.states(); state++) {
      if (task.value(state) > 0 && !task.sequence(state).isComplete()) {
        boolean can = task.rewarded(state) > 0;
        alive += can ? 1 : 0;
        dead += can ? 0 : 1;
        squares += can ? Math.pow(logError(task, state), 2) : 0;
      }
    }
    return new TaskResult(
        task.success(), Math.sqrt(squares / alive), (double) dead / (alive + dead), rows);
  }

  private static double logError(MaskedTask task, int state) {
    return Math.log(task.value(state) * task.mass(state) / task.rewarded(state));
  }

  /** Begins again until there is a sequence; its distribution is conditional on having one. */
  private static Row again(MaskedTask task, StateGraph.Outcome once) {
    return row(task, once.drawn(), 1, once.evaluations() / once.reached(), 0);
  }

  /** The first rewarded of as many as the budget allows. */
  private static Row repeated(MaskedTask task, StateGraph.Outcome once, double budget) {
    int count = (int) Math.max(1, Math.ceil(budget / once.evaluations()));
    double rewarded = 0;
    for (int state = 0; state < task.states(); state++) {
      rewarded += task.value(state) > 0 ? once.drawn()[state] : 0;
    }
    double accuracy = -Math.expm1(count * Math.log1p(-rewarded));
    return row(task, once.drawn(), accuracy, count * once.evaluations(), count);
  }

  private static Row row(
      MaskedTask task, double[] drawn, double accuracy, double evaluations, int count) {
    double sum = 0;
    for (int state = 0; state < drawn.length; state++) {
      sum += task.value(state) > 0 ? drawn[state] : 0;
    }
    double distance = 1 - accuracy;
    double logProb = 0;
    for (int state = 0; state < drawn.length; state++) {
      if (task.value(state) > 0 && task.sequence(state).isComplete()) {
        double share = drawn[state] / sum;
        distance += Math.abs(accuracy * share - task.rewarded(state) / task.success());
        logProb += share * Math.log(task.mass(state));
      }
    }
    return new Row(distance / 2, accuracy, evaluations, count, logProb);
  }
}
