package io.tailwalk.core.tree;

import org.jspecify.annotations.Nullable;

/**
 * Corrects values for guided draws from a {@link Frontier}: a prefix is drawn in proportion to
 * {@code pi V e^g}. Any finite correction keeps draws unbiased.
 */
@FunctionalInterface
public interface Guide {
  /** Values as they are. */
  Guide NONE = _ -> Correction.NONE;

  /** The corrections of a node's children, which do not change any more. */
  Correction of(int node);

  /** Corrections of the children of one node. */
  @FunctionalInterface
  interface Correction {
    /** Values as they are. */
    Correction NONE = (_, _) -> 0;

    /**
     * The correction {@code g} of an open child, in nats; finite, and always the same.
     *
     * @param slot of the child
     * @param logValue its {@code log V}
     */
    double logFactor(int slot, double logValue);

    /**
     * The corrections of a node whose children are all tokens of the vocabulary, if all but a few
     * tokens have one correction; null if more may differ. A large vocabulary is then not read
     * token by token.
     *
     * @param logValue the {@code log V} of all open children
     */
    default @Nullable Few few(double logValue) {
      return null;
    }
  }

  /**
   * One correction for all children but a few.
   *
   * @param logFactor the one correction
   * @param tokens those that may have another, in increasing order
   */
  @SuppressWarnings("ArrayRecordComponent") // read only, and never compared
  record Few(double logFactor, int[] tokens) {}
}
