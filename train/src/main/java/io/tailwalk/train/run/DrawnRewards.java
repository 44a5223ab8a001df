package io.tailwalk.train.run;

/**
 * The responses that a policy-gradient step drew, in numbers.
 *
 * @param meanReward mean reward of the drawn responses
 * @param mixedGroups share of prompts whose responses did not all have the same reward, in [0, 1];
 *     the others teach nothing in this step
 * @param kl mean of {@code log pi(y|x) - log pi_0(y|x)} over the drawn responses, nats: an unbiased
 *     estimate of {@code KL(pi || pi_0)}, which may be below 0
 */
public record DrawnRewards(double meanReward, double mixedGroups, double kl) {}
