package io.tailwalk.sampling.estimate;

import io.tailwalk.core.verify.Rewards;
import io.tailwalk.core.verify.Verifier;
import java.util.Arrays;

/** The success probability {@code Z = E_pi[tau]} from i.i.d. draws of the base model. */
public final class PlainDraws {
  private static final String ACCEPTED = "share of accepted draws";

  private PlainDraws() {}

  /** What decided the number of draws. */
  public enum Count {
    /** The caller; the budget covers all draws, whatever their outcome. */
    FIXED,
    /** The caller, but other draws could have reached a limit earlier. */
    REACHED,
    /** A limit, or the outcomes of the draws. */
    CUT
  }

  /**
   * The estimate from rewards. The guaranteed ends are betting ends over all draws, which hold at
   * any stopping time; with the requested number of draws and a verifier that only passes or fails
   * they are Clopper and Pearson's. The verifier's guarantee decides, never the rewards seen.
   *
   * @param rewards {@code tau} of each draw, in the order drawn
   * @param counted number of first draws that an unbiased mean may include
   * @param number what decided the number of draws
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
   * unbiased estimate is useless; {@code 1 / N} replaces it and is biased upwards: {@code E[1/N] =
   * -p ln p / (1 - p)}.
   *
   * @param accepted number of accepted draws
   * @param draws number of draws, at least 1
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
