package io.tailwalk.sampling;

import io.tailwalk.core.tree.Explorer;

/** Listens to every step of walks, on the thread of the run. */
public interface WalkTrace {

  /**
   * A walk is at a node: at the root when a tour begins, and after each step.
   *
   * @param walk index of the walk among the parallel walks, from 0
   * @param node of the explorer's tree
   */
  void at(Explorer explorer, int walk, int node);
}
