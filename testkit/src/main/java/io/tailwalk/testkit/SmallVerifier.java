package io.tailwalk.testkit;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import java.util.function.ToDoubleFunction;

/**
 * A reward of at most 1 as a function of the text.
 *
 * @param name of the verifier
 * @param ofText log-reward, at most 0
 */
record SmallVerifier(String name, ToDoubleFunction<String> ofText) implements Verifier {

  @Override
  public double logReward(Candidate complete) {
    return ofText.applyAsDouble(complete.text());
  }

  @Override
  public double logRewardBound() {
    return 0;
  }
}
