package io.tailwalk.train.policy;

import io.tailwalk.values.LearningException;

/**
 * Settings of a policy-gradient step.
 *
 * @param promptsPerStep prompts in a step, at least 1
 * @param group responses drawn for each prompt, at least 2
 * @param maxTokens largest number of tokens of a response, at least 1
 * @param end token that ends a response and belongs to it; -1 for none
 * @param advantage how rewards become factors
 * @param kl factor of the penalty {@code KL(pi || pi_0)} to the starting model, per nat of a
 *     response, at least 0
 * @param microBatch sequences per forward pass, at least 1
 * @param seed of the order of the prompts and of all draws
 */
public record PolicySettings(
    int promptsPerStep,
    int group,
    int maxTokens,
    int end,
    Advantage advantage,
    double kl,
    int microBatch,
    long seed) {
  /** Refuses sizes that cannot be used. */
  public PolicySettings {
    atLeast("prompts_per_step", promptsPerStep, 1);
    atLeast("group", group, 2);
    atLeast("max_tokens", maxTokens, 1);
    atLeast("micro_batch", microBatch, 1);
    if (!(kl >= 0 && Double.isFinite(kl))) {
      throw new LearningException("kl must be a finite number of at least 0, got " + kl);
    }
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new LearningException(name + " must be at least " + least + ", got " + value);
    }
  }
}
