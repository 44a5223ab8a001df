package io.tailwalk.core.tree;

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
  }
}
