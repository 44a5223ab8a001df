package io.tailwalk.llama;

import org.jspecify.annotations.Nullable;

/**
 * The contents of the KV cache: a tree of prefixes, one cell per node, and the sequences as paths
 * in it. Sequence 0 is the prompt alone. A sequence ends at a node and holds the cells up to the
 * root; a node exists while a sequence holds it. Only bookkeeping: other classes change the cache
 * itself.
 */
final class PrefixTree {
  private final PathNode root = new PathNode();
  private final @Nullable PathNode[] ends;
  private final long[] lastUse;
  private int size;

  PrefixTree(int sequences) {
    ends = new PathNode[sequences];
    lastUse = new long[sequences];
  }

  /** Nodes without the root: cells in use besides the prompt's. */
  int size() {
    return size;
  }

  PathNode root() {
    return root;
  }

  /** The longest part of a prefix in the cache. */
  PathNode deepest(int[] prefix) {
    PathNode node = root;
    for (int token : prefix) {
      PathNode child = node.child(token);
      if (child == null) {
        break;
      }
      node = child;
    }
    return node;
  }

  /** A sequence outside {@code claimed} that ends at a node; -1 if there is none. */
  int endingAt(PathNode node, long claimed) {
    for (int s = 1; s < ends.length; s++) {
      if (ends[s] == node && (claimed >>> s & 1) == 0) {
        return s;
      }
    }
    return -1;
  }

  /** An empty sequence; -1 if there is none. */
  int free() {
    for (int s = 1; s < ends.length; s++) {
      if (ends[s] == null) {
        return s;
      }
    }
    return -1;
  }

  /**
   * The longest unused sequence outside {@code claimed} that does not end at {@code base}; or -1.
   */
  int leastRecent(long claimed, @Nullable PathNode base) {
    int best = -1;
    for (int s = 1; s < ends.length; s++) {
      boolean candidate = ends[s] != null && ends[s] != base && (claimed >>> s & 1) == 0;
      if (candidate && (best < 0 || lastUse[s] < lastUse[best])) {
        best = s;
      }
    }
    return best;
  }

  /** Nodes, without the root, that some sequence of {@code claimed} holds. */
  int heldBy(long claimed) {
    int count = 0;
    for (int s = 1; s < ends.length; s++) {
      PathNode node = (claimed >>> s & 1) == 1 ? ends[s] : null;
      long counted = claimed & ((1L << s) - 1);
      while (node != null && !node.isRoot() && (node.sequenceBits() & counted) == 0) {
        count++;
        node = node.parent();
      }
    }
    return count;
  }

  /** The end of a sequence; null if it is empty. */
  @Nullable PathNode end(int sequence) {
    return ends[sequence];
  }

  void touch(int sequence, long time) {
    lastUse[sequence] = time;
  }

  /** A free sequence now shares the path to a node. */
  void assign(int sequence, PathNode node) {
    for (PathNode n = node; !n.isRoot(); n = n.parent()) {
      n.join(sequence);
    }
    ends[sequence] = node;
  }

  /** A sequence grows by a token that its end does not have as a child. */
  PathNode extend(int sequence, PathNode end, int token) {
    PathNode child = end.addChild(token);
    child.join(sequence);
    ends[sequence] = child;
    size++;
    return child;
  }

  /** Rolls a sequence back to a node on its path. */
  void truncate(int sequence, PathNode to) {
    PathNode node = ends[sequence];
    while (node != null && node != to && !node.isRoot()) {
      PathNode parent = node.parent();
      if (node.leave(sequence)) {
        parent.dropChild(node);
        size--;
      }
      node = parent;
    }
    ends[sequence] = to;
  }

  /** Empties a sequence. */
  void release(int sequence) {
    truncate(sequence, root);
    ends[sequence] = null;
  }
}
