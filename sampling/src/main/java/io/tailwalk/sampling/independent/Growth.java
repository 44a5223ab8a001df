package io.tailwalk.sampling.independent;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.GenerationTree;

/**
 * How responses grow by one action each round. A response is the node it has come to; a leaf is
 * whole, {@link GenerationTree#NONE} a dead end: neither grows any more.
 */
public interface Growth {

  /** A batch of so many responses is about to begin. */
  default void begin(int count) {}

  /** The node that a draw begins at. */
  int root(int draw);

  /**
   * Lengthens every response that is neither whole nor dead, all of them in as few model batches as
   * one would take.
   *
   * @param at the node of each response, changed in place
   * @param choosers one for each response
   */
  void grow(int[] at, Chooser[] choosers);

  /** The most model tokens that one action of one response costs. */
  int tokensPerAction();

  /** The most actions in a response of at most so many tokens. */
  int mostActions(int maxTokens);

  /** Whether a response still grows. */
  static boolean isOpen(GenerationTree tree, int node) {
    return node != GenerationTree.NONE && !tree.isLeaf(node);
  }

  /** The nodes of the responses that still grow, in order. */
  static int[] open(GenerationTree tree, int[] at) {
    return java.util.Arrays.stream(at).filter(node -> isOpen(tree, node)).toArray();
  }
}
