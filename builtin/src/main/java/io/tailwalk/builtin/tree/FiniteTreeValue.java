package io.tailwalk.builtin.tree;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;

/** The values given with a tree; zero outside it. */
record FiniteTreeValue(ArrayTree tree) implements ValueFunction {
  @Override
  public double logValue(Candidate prefix) {
    int node = tree.nodeAt(prefix.tokenIds());
    return node < 0 ? Double.NEGATIVE_INFINITY : tree.logValue(node);
  }
}
