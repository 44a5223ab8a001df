package io.tailwalk.sampling.walk;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Explorer;

/**
 * The transition of a random walk on the generation tree. A position is an int whose meaning the
 * kernel defines. Pure: the next position depends on the position, the tree and the chooser only.
 */
public interface WalkKernel {

  /** The position at which a tour begins. */
  int start(int root);

  /** The node of a position. */
  int node(int position, Explorer explorer);

  /**
   * Whether the walk has just reached the node from above: a new arrival, which is a visit at a
   * leaf.
   */
  boolean arrivedFromAbove(int position);

  /**
   * The next position. The current node must be a leaf or expanded.
   *
   * @throws IllegalStateException if no node below the root has weight
   */
  int step(int position, Explorer explorer, Chooser chooser);

  /** Whether a step has brought the walk back to its root, which ends the tour. */
  boolean backAtRoot(int position, Explorer explorer);
}
