package io.tailwalk.core.tree;

import io.tailwalk.core.model.LogProbs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next-token distribution of a node that was evaluated. It may be dropped when memory is short
 * ({@link KeptDistributions}), with the numbers that were computed from it; the model then computes
 * it again when it is asked for.
 */
final class NodeDistribution {
  /** Numbers computed from a distribution, which are dropped with it. */
  interface Derived {
    /** Lets go of the numbers; they are computed again when they are needed. */
    void drop();

    /** Approximate bytes of memory that {@link #drop} frees. */
    long bytes();
  }

  private final KeptDistributions kept;
  private final int node;
  private @Nullable LogProbs now;
  private List<Derived> derived = List.of();
  private long bytes;

  /** Neighbours in the order of use, while the distribution is kept. */
  @Nullable NodeDistribution older;

  @Nullable NodeDistribution newer;

  /**
   * The distribution of a node, kept from now on.
   *
   * @param node the node of the first copy of the tree
   */
  NodeDistribution(KeptDistributions kept, int node, LogProbs now) {
    this.kept = kept;
    this.node = node;
    set(now);
  }

  /** A distribution that is always kept. */
  static NodeDistribution of(LogProbs distribution) {
    var all =
        new KeptDistributions(_ -> {
          throw new IllegalStateException("a distribution was dropped without a limit");
        });
    return new NodeDistribution(all, GenerationTree.ROOT, distribution);
  }

  /** The distribution, computed again if it was dropped. */
  LogProbs get() {
    LogProbs known = now;
    if (known == null) {
      known = kept.again(node);
      if (isDropped()) {
        set(known);
      }
    } else {
      kept.used(this);
    }
    return known;
  }

  /** Sets the distribution after it was dropped and computed again. */
  void set(LogProbs distribution) {
    now = distribution;
    bytes = distribution.memoryBytes();
    kept.add(this);
  }

  /** Whether the distribution would have to be computed again. */
  boolean isDropped() {
    return now == null;
  }

  /** Adds numbers computed from the distribution, to be dropped with it. */
  void derive(Derived numbers) {
    get();
    if (derived.isEmpty()) {
      derived = new ArrayList<>(2);
    }
    derived.add(numbers);
    bytes += numbers.bytes();
    kept.grew(this, numbers.bytes());
  }

  /** Lets go of the distribution and of what was computed from it. */
  void drop() {
    now = null;
    bytes = 0;
    List<Derived> dropped = derived;
    derived = List.of();
    dropped.forEach(Derived::drop);
  }

  /** Approximate bytes of memory that {@link #drop} frees. */
  long bytes() {
    return bytes;
  }
}
