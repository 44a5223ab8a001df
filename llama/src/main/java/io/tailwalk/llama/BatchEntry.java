package io.tailwalk.llama;

import io.tailwalk.core.model.LogProbs;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A token to decode, and the distribution or hidden state after it if requested. */
final class BatchEntry {
  private final int token;
  private final int depth;
  private final long path;
  private final @Nullable PathNode node;
  private final long ownBits;
  private boolean wanted;
  private @Nullable LogProbs distribution;
  private float @Nullable [] hidden;

  private BatchEntry(int token, int depth, long path, @Nullable PathNode node, long ownBits) {
    this.token = token;
    this.depth = depth;
    this.path = path;
    this.node = node;
    this.ownBits = ownBits;
  }

  /** Fills the cell of a new node. */
  static BatchEntry filling(PathNode node) {
    BatchEntry entry = new BatchEntry(node.token(), node.depth(), node.path(), node, 0);
    node.pending(entry);
    return entry;
  }

  /** Decodes the last token of a resident node once more, in a sequence that ends before it. */
  static BatchEntry again(PathNode node, int sequence) {
    return new BatchEntry(node.token(), node.depth(), node.path(), null, 1L << sequence);
  }

  int token() {
    return token;
  }

  /** Completion tokens up to and including this one. */
  int depth() {
    return depth;
  }

  long path() {
    return path;
  }

  long sequenceBits() {
    return node != null ? node.sequenceBits() : ownBits;
  }

  boolean wanted() {
    return wanted;
  }

  void want() {
    wanted = true;
  }

  /** The requested result, a distribution or a hidden state. */
  void read(KvStore store, int batchIndex, boolean state) {
    if (state) {
      hidden = store.hidden(batchIndex);
    } else {
      distribution = store.distribution(batchIndex);
    }
  }

  /** The cell is filled. */
  void done() {
    if (node != null) {
      node.pending(null);
    }
  }

  LogProbs distribution() {
    return Objects.requireNonNull(distribution);
  }

  float[] hidden() {
    return Objects.requireNonNull(hidden);
  }
}
