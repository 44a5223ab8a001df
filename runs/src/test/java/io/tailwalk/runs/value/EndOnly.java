package io.tailwalk.runs.value;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import java.util.function.Predicate;

/**
 * A check that knows complete responses only.
 *
 * @param name its name
 * @param passes whether a text passes
 */
record EndOnly(String name, Predicate<String> passes) implements Verifier {
  @Override
  public double logReward(Candidate complete) {
    return passes.test(complete.text()) ? 0 : Double.NEGATIVE_INFINITY;
  }

  @Override
  public double logRewardBound() {
    return 0;
  }

  @Override
  public boolean passesOrFails() {
    return true;
  }
}
