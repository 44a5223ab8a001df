package io.tailwalk.builtin.tree;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;

/** The tilt of a tree's leaves; zero of whatever is no leaf. */
record FiniteTreeVerifier(FiniteTree tree) implements Verifier {
  @Override
  public String name() {
    return "tau of " + tree.name();
  }

  @Override
  public double logReward(Candidate complete) {
    int node = tree.nodeAt(complete.tokenIds());
    return node < 0 || !tree.isLeaf(node) ? Double.NEGATIVE_INFINITY : tree.logValue(node);
  }
}
