package io.tailwalk.core.tree;

import io.tailwalk.core.model.LogProbs;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The next-token distributions that a tree keeps, within a limit of memory: the ones that were used
 * least recently are dropped first, and computed again by the model if a walk returns to them. What
 * is dropped follows from the order of use and from the limit, never from the garbage collector, so
 * the same run drops the same distributions.
 */
final class KeptDistributions {
  private final IntFunction<LogProbs> model;
  private long most = Long.MAX_VALUE;
  private LongSupplier room = () -> 0;
  private long bytes;
  private @Nullable NodeDistribution oldest;
  private @Nullable NodeDistribution newest;

  /**
   * Without a limit.
   *
   * @param model computes the distribution of a node again
   */
  KeptDistributions(IntFunction<LogProbs> model) {
    this.model = model;
  }

  /**
   * Sets the limit from now on.
   *
   * @param limit bytes of distributions and of what is computed from them; the distribution that
   *     was used last is kept whatever its size
   */
  void limit(long limit) {
    limit(limit, () -> 0);
  }

  /**
   * Sets a limit that is larger while there is room.
   *
   * @param limit as for {@link #limit(long)}
   * @param whileFree bytes allowed now if they are more; it depends on what the tree has only
   */
  void limit(long limit, LongSupplier whileFree) {
    most = limit;
    room = whileFree;
    dropOldest();
  }

  /** Drops all distributions but the one that was used last. */
  void release() {
    dropTo(1);
  }

  /** Approximate bytes of memory held. */
  long bytes() {
    return bytes;
  }

  /** The limit in bytes. */
  long most() {
    return most;
  }

  LogProbs again(int node) {
    return model.apply(node);
  }

  /** Adds a distribution as the one that was used last. */
  void add(NodeDistribution added) {
    bytes += added.bytes();
    append(added);
    dropOldest();
  }

  /** Counts memory for numbers computed from a distribution. */
  void grew(NodeDistribution used, long more) {
    bytes += more;
    used(used);
    dropOldest();
  }

  /** Records that a distribution was used. */
  @SuppressWarnings("ReferenceEquality") // entries of a list
  void used(NodeDistribution used) {
    if (used != newest) {
      unlink(used);
      append(used);
    }
  }

  private void append(NodeDistribution last) {
    NodeDistribution before = newest;
    last.older = before;
    last.newer = null;
    if (before == null) {
      oldest = last;
    } else {
      before.newer = last;
    }
    newest = last;
  }

  private void unlink(NodeDistribution entry) {
    NodeDistribution before = entry.older;
    NodeDistribution after = entry.newer;
    if (before == null) {
      oldest = after;
    } else {
      before.newer = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.older = before;
    }
    entry.older = null;
    entry.newer = null;
  }

  private void dropOldest() {
    if (bytes > most) {
      dropTo(Math.max(most, room.getAsLong()));
    }
  }

  @SuppressWarnings("ReferenceEquality") // entries of a list
  private void dropTo(long limit) {
    while (bytes > limit) {
      NodeDistribution first = oldest;
      if (first == null || first == newest) {
        return;
      }
      unlink(first);
      bytes -= first.bytes();
      first.drop();
    }
  }
}
