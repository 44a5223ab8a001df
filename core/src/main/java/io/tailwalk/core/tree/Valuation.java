package io.tailwalk.core.tree;

import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.VerifierException;
import java.util.ArrayList;
import java.util.List;

/**
 * Values many candidates at once: partial ones by the value function, complete ones by the
 * verifier.
 */
final class Valuation {
  private final TreeSpec spec;
  private final CostMeter meter;

  Valuation(TreeSpec spec, CostMeter meter) {
    this.spec = spec;
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
      merged[i] = candidates.get(i).isComplete() ? rewards[nextReward++] : values[nextValue++];
      check(merged[i], candidates.get(i).isComplete());
    }
    return merged;
  }

  void check(double logValue, boolean complete) {
    if (Double.isNaN(logValue) || logValue == Double.POSITIVE_INFINITY) {
      String what = complete ? "verifier " + spec.verifier().name() : "value function";
      throw new VerifierException(
          "the "
              + what
              + " returned a log-score of "
              + logValue
              + "; it must be finite or -infinity");
    }
  }
}
