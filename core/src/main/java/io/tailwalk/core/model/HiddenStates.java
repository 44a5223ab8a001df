package io.tailwalk.core.model;

/**
 * The last layer of a network after a prefix, before it is turned into token scores. Equal prefixes
 * have equal states, up to the rounding of the arithmetic.
 */
public interface HiddenStates {

  /** Size of a state. */
  int width();

  /**
   * The states after the prompt followed by each prefix. The tokens evaluated count in the
   * context's usage.
   *
   * @param prefixes completion token ids, at least one each, in any order; the arrays are read
   *     during the call only
   * @return one state per prefix, in the same order; owned by the caller
   * @throws ModelException if a prefix does not fit into the context or the model fails
   * @throws IllegalArgumentException if a prefix is empty or a token id outside the vocabulary
   */
  float[][] of(int[][] prefixes);
}
