package io.tailwalk.llama;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A prefix in the KV cache: the token in one cell and the path to it. */
final class PathNode {
  private final @Nullable PathNode parent;
  private final int token;
  private final int depth;
  private final long path;
  private final Map<Integer, PathNode> children = new HashMap<>();
  private long sequenceBits;
  private @Nullable BatchEntry pending;

  /** The empty prefix. */
  PathNode() {
    parent = null;
    token = -1;
    depth = 0;
    path = PathSet.ROOT;
  }

  private PathNode(PathNode parent, int token) {
    this.parent = parent;
    this.token = token;
    this.depth = parent.depth + 1;
    this.path = PathSet.extend(parent.path, token);
  }

  PathNode addChild(int childToken) {
    PathNode child = new PathNode(this, childToken);
    children.put(childToken, child);
    return child;
  }

  void dropChild(PathNode child) {
    children.remove(child.token);
  }

  @Nullable PathNode child(int childToken) {
    return children.get(childToken);
  }

  /** The prefix without its last token. */
  PathNode parent() {
    return Objects.requireNonNull(parent);
  }

  boolean isRoot() {
    return parent == null;
  }

  int token() {
    return token;
  }

  /** Completion tokens of the prefix. */
  int depth() {
    return depth;
  }

  /** Hash of the prefix. */
  long path() {
    return path;
  }

  /** The sequences that hold the cell, one bit each; 0 for the root, which every sequence holds. */
  long sequenceBits() {
    return sequenceBits;
  }

  void join(int sequence) {
    sequenceBits |= 1L << sequence;
  }

  /** Removes a sequence; returns whether none remains. */
  boolean leave(int sequence) {
    sequenceBits &= ~(1L << sequence);
    return sequenceBits == 0;
  }

  /** The batch entry that will fill the cell; null once it is filled. */
  @Nullable BatchEntry pending() {
    return pending;
  }

  void pending(@Nullable BatchEntry entry) {
    pending = entry;
  }
}
