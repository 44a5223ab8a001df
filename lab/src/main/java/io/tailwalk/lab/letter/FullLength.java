package io.tailwalk.lab.letter;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;

/**
 * A verifier on the tree of fixed depth H of arXiv 2510.03149: a completion passes if it passes the
 * given verifier and has all H tokens. Otherwise {@code alpha^(H-h)} would reward ending early.
 *
 * @param text judges the text
 */
record FullLength(Verifier text) implements Verifier {

  @Override
  public String name() {
    return text.name() + " and all tokens";
  }

  @Override
  public double logReward(Candidate complete) {
    boolean full = complete.finishReason().orElseThrow() == FinishReason.LENGTH;
    return full ? text.logReward(complete) : Double.NEGATIVE_INFINITY;
  }

  @Override
  public boolean passesOrFails() {
    return text.passesOrFails();
  }

  @Override
  public double logRewardBound() {
    return text.logRewardBound();
  }

  @Override
  public ChildScores childLogRewards(Candidate prefix, FinishReason reason) {
    return reason == FinishReason.LENGTH
        ? text.childLogRewards(prefix, reason)
        : _ -> Double.NEGATIVE_INFINITY;
  }

  @Override
  public ValueFunction prefixValue() {
    return text.prefixValue();
  }

  @Override
  public boolean masksVocabulary() {
    return text.masksVocabulary();
  }
}
