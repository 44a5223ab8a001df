package io.tailwalk.records;

import java.util.List;

/**
 * Scores of a completion. NaN means "not known".
 *
 * @param logProb log-probability under the base model, nats, at most 0; -inf is the log of zero
 * @param logProbs log-probability of each token of the completion; empty if not stored
 * @param reward the verifier's verdict, finite
 * @param weight importance weight, finite and not negative; 1 for an unweighted sample
 */
public record SampleScore(double logProb, List<Double> logProbs, double reward, double weight) {
  /** A log-probability summed in floating point may end this far above zero. */
  private static final double ROUNDING = 1e-6;

  /** Copies the list and refuses values outside their ranges. */
  public SampleScore {
    logProbs = List.copyOf(logProbs);
    requireLog("log_prob", logProb);
    logProbs.forEach(value -> requireLog("logprobs", value));
    if (Double.isInfinite(reward)) {
      throw new IllegalArgumentException("reward is " + reward + ", not finite");
    }
    if (Double.isInfinite(weight) || weight < 0) {
      throw new IllegalArgumentException("weight is " + weight + ", not a finite number >= 0");
    }
  }

  private static void requireLog(String name, double value) {
    if (value > ROUNDING) {
      throw new IllegalArgumentException(
          name + " is " + value + ", and the log of a probability is at most 0");
    }
  }
}
