package io.tailwalk.core.verify;

import io.tailwalk.core.interval.Rounding;

/**
 * The rewards that can be worked with. A success probability is a mean of rewards and is shown as a
 * double, so rewards end where sums of very many would not be doubles any more. There is no such
 * limit below: a reward smaller than any double counts as next to nothing, as it should.
 */
public final class Rewards {
  /** The largest reward: the sum of a hundred million of them is still a double. */
  public static final double LARGEST = 1e300;

  private static final double LOG_LARGEST = Math.log(LARGEST);

  private Rewards() {}

  /**
   * Refuses a reward that is finite and too large.
   *
   * @param verifier name of the one that gave it
   * @throws RewardException if it is
   */
  public static void require(String verifier, double logReward) {
    if (logReward > LOG_LARGEST && logReward < Double.POSITIVE_INFINITY) {
      throw new RewardException(
          "the verifier %s gave a reward of e^%s, above 1e300 (e^690.8), beyond which rewards cannot be averaged; scale its rewards down, for example by taking one number off every log-reward"
              .formatted(verifier, logReward));
    }
  }

  /**
   * {@code tau_max} of a verifier, rounded upwards unless it is 1: its logarithm and the way back
   * may have made it too small for the reward that it was made from.
   *
   * @return 0 where no reward is above zero; {@code +inf} where no bound is known, or it is beyond
   *     all rewards that can be worked with
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
