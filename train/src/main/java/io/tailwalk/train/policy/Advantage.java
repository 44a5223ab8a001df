package io.tailwalk.train.policy;

import java.util.Arrays;

/** How the rewards of a prompt's responses become the factors of their gradients. */
public enum Advantage {
  /*
   * With G responses of one prompt and rewards r_1..r_G:
   *
   *   LEAVE_ONE_OUT     A_i = r_i - (1 / (G - 1)) sum_{j != i} r_j = (G / (G - 1)) (r_i - mean)
   *                     (Kool, van Hoof, Welling 2019; Ahmadian et al. 2024, arXiv 2402.14740).
   *                     The baseline of y_i does not depend on y_i, so mean_i A_i grad log pi(y_i)
   *                     is an unbiased estimate of grad E r(y).
   *   GROUP_NORMALISED  A_i = (r_i - mean) / sd, with sd^2 the mean squared deviation; 0 if sd = 0
   *                     (Shao et al. 2024, arXiv 2402.03300, Section 4.1.2). Prompts whose rewards
   *                     hardly vary count more than in the gradient of E r(y).
   */
  /** Each reward minus the mean of the others: the gradient of the mean reward is unbiased. */
  LEAVE_ONE_OUT,
  /** Each reward minus the mean, divided by the standard deviation, as in GRPO. */
  GROUP_NORMALISED;

  /** The factors, response by response; all 0 if all rewards are equal. */
  double[] of(double[] rewards) {
    double mean = Arrays.stream(rewards).average().orElseThrow();
    double[] advantages = Arrays.stream(rewards).map(reward -> reward - mean).toArray();
    if (isConstant(rewards)) {
      return new double[rewards.length];
    }
    double factor = this == LEAVE_ONE_OUT ? leaveOneOut(rewards.length) : 1 / spread(advantages);
    return Arrays.stream(advantages).map(deviation -> deviation * factor).toArray();
  }

  /** Whether all rewards are equal, so that no response is better than another. */
  static boolean isConstant(double[] rewards) {
    return Arrays.stream(rewards).allMatch(reward -> reward == rewards[0]);
  }

  private static double leaveOneOut(int size) {
    return size / (size - 1.0);
  }

  private static double spread(double[] deviations) {
    return Math.sqrt(Arrays.stream(deviations).map(d -> d * d).average().orElseThrow());
  }
}
