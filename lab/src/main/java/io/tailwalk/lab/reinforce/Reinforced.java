package io.tailwalk.lab.reinforce;

import java.util.List;

/**
 * A checkpoint before and after reinforcement learning.
 *
 * @param step step of fine-tuning
 * @param data log-probability of the right path of each prompt of the fine-tuning data, nats
 * @param task log-probability of the right path of each held-out prompt of the rare rule, nats
 * @param before probability of the right path of each problem before its run
 * @param after the same after its run
 * @param rewarded share of all draws that were the right path
 */
record Reinforced(
    long step,
    List<Double> data,
    List<Double> task,
    List<Double> before,
    List<Double> after,
    double rewarded) {
  /** Keeps copies. */
  Reinforced {
    data = List.copyOf(data);
    task = List.copyOf(task);
    before = List.copyOf(before);
    after = List.copyOf(after);
  }
}
