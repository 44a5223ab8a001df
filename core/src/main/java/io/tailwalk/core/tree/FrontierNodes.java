package io.tailwalk.core.tree;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The frontier nodes below a root. They are made while nodes are expanded, when the distribution of
 * the node and that of its parent are at hand: a {@link Frontier} at the end of a long run would
 * have to evaluate again what was dropped.
 */
final class FrontierNodes {
  /** Approximate memory of one, without what is dropped with the distribution. */
  private static final long BYTES = 320;

  private final GenerationTree tree;
  private final int root;
  private final Guide guide;
  private final SlotNumbers numbers = new SlotNumbers();
  private @Nullable FrontierNode[] known = new FrontierNode[256];
  private long count;
  private boolean handedOver;

  /** Without a node, for values as they are. */
  FrontierNodes(GenerationTree tree, int root) {
    this(tree, root, Guide.NONE);
  }

  /** Without a node. */
  FrontierNodes(GenerationTree tree, int root, Guide guide) {
    this.tree = tree;
    this.root = root;
    this.guide = guide;
  }

  /** Adds a node that was just expanded, if its distribution may be dropped. */
  void expanded(int node) {
    if (!handedOver && !(tree.children(node) instanceof ChildTable)) {
      find(node);
    }
  }

  /** Forgets all nodes, as values have changed; they are made again when they are needed. */
  void forget() {
    if (!handedOver) {
      known = new FrontierNode[256];
      tree.addBytes(-BYTES * count);
      count = 0;
    }
  }

  /** Leaves the nodes to a frontier, which adds further ones itself. */
  void handOver() {
    handedOver = true;
  }

  /** Whether a frontier has the nodes. */
  boolean isHandedOver() {
    return handedOver;
  }

  /**
   * The frontier node of an expanded node, made if needed, and attached to the one above it; null
   * if it is not below the root, or below a child that is complete or proven dead.
   */
  @Nullable FrontierNode find(int node) {
    int missing = node;
    while (missing != root && (missing >= known.length || known[missing] == null)) {
      int parent = tree.parent(missing);
      if (parent == GenerationTree.NONE || !tree.isExpanded(parent)) {
        return null;
      }
      missing = parent;
    }
    FrontierNode at = at(missing);
    if (at == null) {
      at = new FrontierNode(root, 0, childrenOf(root), null, -1, numbers, guide.of(root));
      add(root, at);
    }
    for (int depth = tree.depth(missing) + 1; depth <= tree.depth(node); depth++) {
      int next = ancestor(node, depth);
      int slot =
          tree.children(at.node()) instanceof ChildTable table
              ? table.slotOf(next)
              : tree.token(next);
      if (!at.isUndecided(slot)) {
        return null;
      }
      double logPi = at.logPi() + childrenOf(at.node()).logPrior(slot);
      var made = new FrontierNode(next, logPi, childrenOf(next), at, slot, numbers, guide.of(next));
      at.attach(made);
      add(next, made);
      at = made;
    }
    return at;
  }

  private @Nullable FrontierNode at(int node) {
    return node < known.length ? known[node] : null;
  }

  private int ancestor(int node, int depth) {
    int at = node;
    while (tree.depth(at) > depth) {
      at = tree.parent(at);
    }
    return at;
  }

  private Children childrenOf(int node) {
    return Objects.requireNonNull(tree.children(node));
  }

  private void add(int node, FrontierNode made) {
    if (node >= known.length) {
      known = Arrays.copyOf(known, Math.max(2 * known.length, node + 1));
    }
    known[node] = made;
    tree.addBytes(BYTES);
    count++;
  }
}
