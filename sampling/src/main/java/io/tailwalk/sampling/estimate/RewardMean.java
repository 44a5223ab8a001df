package io.tailwalk.sampling.estimate;

import java.util.Arrays;
import java.util.Optional;

/** The success probability {@code Z = E_pi[tau]} from rewards of i.i.d. draws of the base model. */
public final class RewardMean {
  private RewardMean() {}

  /**
   * The mean reward: with Clopper and Pearson's interval when rewards pass or fail, else with that
   * of {@link Intervals#positiveMean}.
   *
   * @param rewards {@code tau} of each draw
   * @return empty without draws
   */
  public static Optional<Estimate> of(double[] rewards) {
    if (rewards.length == 0) {
      return Optional.empty();
    }
    if (Arrays.stream(rewards).allMatch(tau -> tau == 0 || tau == 1)) {
      long passed = Arrays.stream(rewards).filter(tau -> tau == 1).count();
      return Optional.of(Intervals.binomial(passed, rewards.length, "Clopper-Pearson over draws"));
    }
    return Optional.of(Intervals.positiveMean(rewards, true, "mean over draws"));
  }
}
