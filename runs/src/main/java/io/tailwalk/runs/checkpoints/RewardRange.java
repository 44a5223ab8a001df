package io.tailwalk.runs.checkpoints;

import io.tailwalk.core.verify.Rewards;
import io.tailwalk.runs.work.InputException;

/**
 * The range of a verifier's rewards.
 *
 * @param low the smallest reward
 * @param high the largest reward, above the smallest
 */
public record RewardRange(double low, double high) {
  /**
   * Checks the order and the size.
   *
   * @throws InputException about the setting {@code reward-range}
   */
  public RewardRange {
    if (!(low < high) || Math.abs(low) > Rewards.LARGEST || Math.abs(high) > Rewards.LARGEST) {
      throw InputException.about(
          "reward-range",
          "the form is two numbers of at most 1e300 in size, the lower first, as in 0,1; got "
              + low
              + ","
              + high);
    }
  }
}
