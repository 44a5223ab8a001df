package io.tailwalk.core.model;

/**
 * What the last layer of a network holds behind a prefix, before it is turned into scores of
 * tokens. Equal prefixes have equal states, up to the rounding of the arithmetic.
 */
public interface HiddenStates {

  /** Numbers in a state. */
  int width();

  /**
   * The states behind the prompt followed by each prefix. What goes through the model for it counts
   * in the context's usage.
   *
   * @param prefixes completion token ids, at least one each, in any order; the arrays are read
   *     during the call only
   * @return one state per prefix, in the same order; the caller's
   * @throws ModelException if a prefix does not fit into the context or the model fails
   * @throws IllegalArgumentException if a prefix is empty or a token id outside the vocabulary
   */
  float[][] of(int[][] prefixes);
}
