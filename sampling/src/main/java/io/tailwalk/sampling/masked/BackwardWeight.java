package io.tailwalk.sampling.masked;

/** The weight of masking a position again, against the weights of {@link MaskedMoves}. */
@FunctionalInterface
interface BackwardWeight {
  /** {@code V(x) / k} with k revealed positions: together they weigh as much as the value. */
  BackwardWeight COUNTED = (state, _, logValue) -> logValue - Math.log(state.revealed());

  /**
   * The log of the weight.
   *
   * @param state the current sequence
   * @param position the revealed position to mask again
   * @param logValue log of the value of the current sequence
   */
  double log(MaskedSequence state, int position, double logValue);
}
