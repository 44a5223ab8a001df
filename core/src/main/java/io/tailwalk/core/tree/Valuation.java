package io.tailwalk.core.tree;

import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.Rewards;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.VerifierException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates many candidates at once: partial ones with the value function, complete ones with the
 * verifier.
 */
final class Valuation {
  /** Tolerance in nats by which a reward may exceed its bound because of rounding. */
  private static final double ABOVE_BOUND = 1e-9;

  private final TreeSpec spec;
  private final CostMeter meter;
  private final ValueFunction proof;
  private final double logBound;

  Valuation(TreeSpec spec, CostMeter meter) {
    this.spec = spec;
    this.proof = spec.proof();
    this.logBound = spec.verifier().logRewardBound();
    this.meter = meter;
  }

  /** {@code log V} or {@code log tau} of each candidate. */
  double[] logValues(List<Candidate> candidates) {
    List<Candidate> partial = new ArrayList<>();
    List<Candidate> complete = new ArrayList<>();
    for (Candidate candidate : candidates) {
      (candidate.isComplete() ? complete : partial).add(candidate);
    }
    double[] values = new double[partial.size()];
    if (!partial.isEmpty()) {
      spec.value().logValues(partial, values);
      meter.addValueCalls(partial.size());
    }
    double[] rewards = new double[complete.size()];
    if (!complete.isEmpty()) {
      spec.verifier().logRewards(complete, rewards);
      meter.addVerifierCalls(complete.size());
    }
    double[] merged = new double[candidates.size()];
    int nextValue = 0;
    int nextReward = 0;
    for (int i = 0; i < merged.length; i++) {
      boolean isComplete = candidates.get(i).isComplete();
      merged[i] = checked(isComplete ? rewards[nextReward++] : values[nextValue++], isComplete);
    }
    return merged;
  }

  /**
   * Which of the given children are inner nodes proven dead.
   *
   * @param children of one node
   * @param logValues their log-values
   * @param open whether each is an inner node
   */
  boolean[] dead(List<Candidate> children, double[] logValues, boolean[] open) {
    boolean[] dead = new boolean[open.length];
    if (proof.equals(ValueFunction.ONE)) {
      return dead;
    }
    boolean ownZeros = proof.equals(spec.value());
    double[] proofs = logValues;
    if (!ownZeros) {
      proofs = new double[open.length];
      List<Candidate> partial = new ArrayList<>();
      for (int i = 0; i < open.length; i++) {
        if (open[i]) {
          partial.add(children.get(i));
        }
      }
      double[] asked = new double[partial.size()];
      proof.logValues(partial, asked);
      meter.addValueCalls(asked.length);
      int next = 0;
      for (int i = 0; i < open.length; i++) {
        proofs[i] = open[i] ? asked[next++] : 0;
      }
    }
    for (int i = 0; i < open.length; i++) {
      dead[i] = open[i] && proofs[i] == Double.NEGATIVE_INFINITY;
    }
    return dead;
  }

  /** Scores of a node's one-token extensions whose zeros are proofs; null if there are none. */
  @Nullable ChildScores proofs(Candidate here, ChildScores ofValue) {
    if (proof.equals(ValueFunction.ONE)) {
      return null;
    }
    if (proof.equals(spec.value())) {
      return ofValue;
    }
    meter.addValueCalls(1);
    return proof.childLogValues(here);
  }

  /**
   * Whether {@link #checked} would leave all log-scores as they are.
   *
   * @param complete whether the scores are rewards
   */
  boolean allWithin(double[] logScores, boolean complete) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : logScores) {
      largest = Math.max(largest, score);
    }
    // False if a score is NaN, since then the largest is.
    return complete ? largest <= Math.min(logBound, 0) : largest < Double.POSITIVE_INFINITY;
  }

  /**
   * The log-score, or the verifier's bound for a reward that exceeds it by rounding.
   *
   * @param complete whether the score is a reward
   */
  double checked(double logValue, boolean complete) {
    if (complete) {
      Rewards.require(spec.verifier().name(), logValue);
    }
    if (complete && logValue > logBound + ABOVE_BOUND) {
      throw new VerifierException(
          "the verifier "
              + spec.verifier().name()
              + " gave a reward of "
              + Math.exp(logValue)
              + ", above the bound of "
              + Math.exp(logBound)
              + " that it declares; declare a larger bound");
    }
    if (Double.isNaN(logValue) || logValue == Double.POSITIVE_INFINITY) {
      String what = complete ? "verifier " + spec.verifier().name() : "value function";
      throw new VerifierException(
          "the "
              + what
              + " returned a log-score of "
              + logValue
              + "; it must be finite or -infinity");
    }
    return complete ? Math.min(logValue, logBound) : logValue;
  }
}
