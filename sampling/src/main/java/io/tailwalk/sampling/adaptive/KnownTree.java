package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.tree.Children;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.sampling.LeafSample;
import java.util.ArrayDeque;
import java.util.Optional;

/** Reads the exact law off a tree once every prefix of positive weight has been expanded. */
final class KnownTree {
  private KnownTree() {}

  /**
   * All leaves with weight {@code pi tau}; empty while any open prefix of positive weight is not
   * expanded.
   */
  static Optional<LeafSample> leaves(Explorer explorer, int root) {
    var leaves = new LeafSample();
    var open = new ArrayDeque<Integer>();
    open.add(root);
    while (!open.isEmpty()) {
      int node = open.removeFirst();
      Children children = explorer.tree().children(node);
      if (children == null) {
        return Optional.empty();
      }
      for (int slot = 0; slot < children.count(); slot++) {
        if (children.logWeight(slot) > Double.NEGATIVE_INFINITY) {
          int child = explorer.childAt(node, slot);
          if (explorer.tree().isLeaf(child)) {
            double logWeight = explorer.tree().logPi(child) + explorer.tree().logValue(child);
            leaves.addLog(child, logWeight);
          } else {
            open.add(child);
          }
        }
      }
    }
    return Optional.of(leaves);
  }
}
