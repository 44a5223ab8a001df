package io.tailwalk.sampling.walk;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Explorer;

/**
 * The transition of a random walk on the generation tree. A position is an int whose meaning is the
 * kernel's own. Pure: the next position depends on the position, the tree and the chooser only.
 */
public interface WalkKernel {

  /** Where a tour begins. */
  int start(int root);

  /** The node stood at. */
  int node(int position, Explorer explorer);

  /**
   * Whether the walk has just come to the node from above: it is a new arrival, at a leaf a visit.
   */
  boolean arrivedFromAbove(int position);

  /**
   * The next position. The node stood at must be a leaf or expanded.
   *
   * @throws IllegalStateException if nothing below the root has weight
   */
  int step(int position, Explorer explorer, Chooser chooser);

  /** Whether a step has brought the walk back to its root, which ends the tour. */
  boolean backAtRoot(int position, Explorer explorer);
}
