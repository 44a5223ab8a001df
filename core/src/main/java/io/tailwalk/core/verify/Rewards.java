package io.tailwalk.core.verify;

import io.tailwalk.core.interval.Rounding;

/**
 * The supported range of rewards. A success probability is a mean of rewards and is shown as a
 * double, so rewards are limited to a range in which very large sums are still doubles. There is no
 * lower limit: a reward smaller than any double is negligible.
 */
public final class Rewards {
  /** The largest reward: the sum of a hundred million of them is still a double. */
  public static final double LARGEST = 1e300;

  private static final double LOG_LARGEST = Math.log(LARGEST);

  private Rewards() {}

  /**
   * Refuses a reward that is finite and too large.
   *
   * @param verifier name of the verifier that returned it
   * @throws RewardException if the reward is too large
   */
  public static void require(String verifier, double logReward) {
    if (logReward > LOG_LARGEST && logReward < Double.POSITIVE_INFINITY) {
      throw new RewardException(
          "the verifier %s gave a reward of e^%s, above 1e300 (e^690.8), beyond which rewards cannot be averaged; scale its rewards down, for example by subtracting a constant from every log-reward"
              .formatted(verifier, logReward));
    }
  }

  /**
   * {@code tau_max} of a verifier, rounded upwards unless it is 1: taking the logarithm and its
   * exponential may have made it smaller than the original reward.
   *
   * @return 0 if no reward is above zero; {@code +inf} if no bound is known or it exceeds the
   *     supported range
   */
  public static double bound(Verifier verifier) {
    double logBound = verifier.logRewardBound();
    if (logBound > LOG_LARGEST) {
      return Double.POSITIVE_INFINITY;
    }
    boolean exact = logBound == 0 || logBound == Double.NEGATIVE_INFINITY;
    return exact ? Math.exp(logBound) : Rounding.up(Math.exp(logBound), Rounding.RELATIVE);
  }
}
