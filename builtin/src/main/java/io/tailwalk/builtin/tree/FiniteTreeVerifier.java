package io.tailwalk.builtin.tree;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;

/**
 * The rewards of a tree's leaves; zero for all other nodes.
 *
 * @param tree the tree
 * @param prefixValue 1 everywhere, or zero if and only if no leaf below a prefix can pass
 */
record FiniteTreeVerifier(ArrayTree tree, ValueFunction prefixValue) implements Verifier {

  static FiniteTreeVerifier of(ArrayTree tree) {
    return new FiniteTreeVerifier(tree, tree.provesDead() ? canPass(tree) : ValueFunction.ONE);
  }

  private static ValueFunction canPass(ArrayTree tree) {
    double[] exact = tree.logExactValues();
    return new ValueFunction() {
      @Override
      public ValueFunction proof() {
        return this;
      }

      @Override
      public double logValue(Candidate prefix) {
        int node = tree.nodeAt(prefix.tokenIds());
        return node < 0 || exact[node] == Double.NEGATIVE_INFINITY ? Double.NEGATIVE_INFINITY : 0;
      }
    };
  }

  @Override
  public String name() {
    return "tau of " + tree.name();
  }

  @Override
  public double logReward(Candidate complete) {
    int node = tree.nodeAt(complete.tokenIds());
    return node < 0 || !tree.isLeaf(node) ? Double.NEGATIVE_INFINITY : tree.logValue(node);
  }

  @Override
  public double logRewardBound() {
    return tree.logBound();
  }
}
