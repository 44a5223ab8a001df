package io.tailwalk.core.tree;

import java.util.List;

/** Makes the children of nodes by one rule. */
interface ChildMaker {
  /**
   * The children of each node, in order; the nodes are distinct, no leaves, and have no children
   * yet.
   */
  List<Children> make(int[] nodes);
}
