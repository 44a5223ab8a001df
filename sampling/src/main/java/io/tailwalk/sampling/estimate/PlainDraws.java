package io.tailwalk.sampling.estimate;

import io.tailwalk.core.verify.Rewards;
import io.tailwalk.core.verify.Verifier;
import java.util.Arrays;

/** The success probability {@code Z = E_pi[tau]} from i.i.d. draws of the base model. */
public final class PlainDraws {
  private static final String ACCEPTED = "share of accepted draws";

  private PlainDraws() {}

  /** What decided how many draws there are. */
  public enum Count {
    /** The caller; whatever was drawn, the budget paid for all of them. */
    FIXED,
    /** The caller, but other draws could have met a limit before. */
    REACHED,
    /** A limit, or what was drawn. */
    CUT
  }

  /**
   * From rewards. The guaranteed ends are betting ends over all draws, which hold at any stopping
   * time; where there are as many draws as the caller wanted and the verifier only passes or fails,
   * they are Clopper and Pearson's. What the verifier guarantees decides, never the rewards seen.
   *
   * @param rewards {@code tau} of each draw, in the order drawn
   * @param counted how many of the first draws an unbiased mean may take in
   * @param number what decided how many draws there are
   */
  public static Evidence of(Verifier verifier, double[] rewards, int counted, Count number) {
    var evidence = new Evidence();
    double bound = Rewards.bound(verifier);
    for (double reward : rewards) {
      evidence.addBounded(0, reward, bound);
    }
    if (counted > 0) {
      double[] first = Arrays.copyOf(rewards, counted);
      evidence.estimate(Arrays.stream(first).average().orElse(0), true, "mean over draws");
      evidence.drawsOfModel(first);
    }
    if (number != Count.CUT && verifier.passesOrFails() && rewards.length > 0) {
      long passed = Arrays.stream(rewards).filter(reward -> reward > 0).count();
      double pass = Math.exp(verifier.logRewardBound());
      evidence.fixedNumber(passed, rewards.length, pass, number == Count.REACHED);
    }
    return evidence;
  }

  /**
   * {@code tau_max} times the probability of acceptance of a rejection sampler. Stopped by the n-th
   * acceptance, at draw N, the unbiased estimate of the probability is {@code (n - 1) / (N - 1)};
   * stopped by the budget with k acceptances in N draws it is {@code k / N} (Girshick, Mosteller
   * and Savage, "Unbiased estimates for certain binomial sampling problems", 1946). For n = 1 the
   * former is useless, and {@code 1 / N} stands in for it, which errs high: {@code E[1/N] = -p ln p
   * / (1 - p)}.
   *
   * @param accepted of the draws counted
   * @param draws counted, at least 1
   * @param wanted acceptances that stop the run
   */
  public static void estimateByAcceptance(
      Evidence evidence, int accepted, int draws, int wanted, double largestReward) {
    boolean stoppedByAcceptance = accepted == wanted;
    double share =
        stoppedByAcceptance && wanted > 1
            ? (wanted - 1.0) / (draws - 1.0)
            : (double) accepted / draws;
    if (wanted > 1) {
      evidence.estimate(largestReward * share, true, ACCEPTED);
    } else {
      evidence.highEstimate(largestReward * share, ACCEPTED);
    }
  }
}
