package io.tailwalk.sampling.independent;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.GenerationTree;

/**
 * Growth of responses by one action per round. A response is represented by its current node; a
 * leaf is complete, {@link GenerationTree#NONE} is a dead end: neither grows further.
 */
public interface Growth {

  /** Called before a batch with the given number of responses. */
  default void begin(int count) {}

  /** Whether distributions, which a tree may drop, are all that grows with the vocabulary. */
  default boolean isBounded() {
    return false;
  }

  /** The start node of a draw. */
  int root(int draw);

  /**
   * Extends every response that is neither complete nor dead, all of them in the same number of
   * model batches as a single one.
   *
   * @param at the node of each response, changed in place
   * @param choosers one per response
   */
  void grow(int[] at, Chooser[] choosers);

  /** Maximal number of model tokens that one action of one response costs. */
  long tokensPerAction();

  /** Maximal number of actions in a response with the given maximal number of tokens. */
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
