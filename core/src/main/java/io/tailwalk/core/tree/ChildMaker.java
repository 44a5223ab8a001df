package io.tailwalk.core.tree;

import java.util.List;

/** Makes the children of nodes by an expansion rule. */
interface ChildMaker {
  /**
   * The children of each node, in order; the nodes are distinct, are not leaves, and have no
   * children yet.
   */
  List<Children> make(int[] nodes);
}
