package io.tailwalk.sampling.walk;

import io.tailwalk.core.tree.Explorer;

/**
 * One walk on a shared tree: moves until it is at a node without children, is done, or has used its
 * turn.
 */
interface Walk {

  /** Moves at most {@code maxSteps} steps over known nodes; returns the steps made. */
  long advance(Explorer explorer, int maxSteps);

  /** The node whose children the walk needs next; only if {@link #isDone} is false. */
  int node(Explorer explorer);

  /** Whether the walk has ended. */
  boolean isDone();
}
