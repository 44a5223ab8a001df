package io.tailwalk.sampling;

import io.tailwalk.core.tree.Explorer;

/** Hears of every step of walks, on the run's own thread. */
public interface WalkTrace {

  /**
   * A walk stands at a node: at the root as a tour begins, and after each step.
   *
   * @param walk which of the walks that go at the same time, from 0
   * @param node of the explorer's tree
   */
  void at(Explorer explorer, int walk, int node);
}
