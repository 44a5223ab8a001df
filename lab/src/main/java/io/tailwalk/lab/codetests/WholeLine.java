package io.tailwalk.lab.codetests;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import java.util.HashMap;
import java.util.Map;

/**
 * Passes what the given verifier passes if the line has ended. Remembers verdicts by text: many
 * tokens end a line in the same text, and a run in a sandbox is dear. Belongs to one thread.
 */
final class WholeLine implements Verifier {
  private final Verifier text;
  private final Map<String, Double> known = new HashMap<>();

  /** The verifier stays the caller's to close. */
  WholeLine(Verifier text) {
    this.text = text;
  }

  @Override
  public String name() {
    return text.name() + " and a whole line";
  }

  @Override
  public double logReward(Candidate complete) {
    if (complete.finishReason().orElseThrow() != FinishReason.STOP) {
      return Double.NEGATIVE_INFINITY;
    }
    return known.computeIfAbsent(complete.text(), _ -> text.logReward(complete));
  }

  @Override
  public double logRewardBound() {
    return text.logRewardBound();
  }

  @Override
  public ValueFunction prefixValue() {
    return text.prefixValue();
  }
}
