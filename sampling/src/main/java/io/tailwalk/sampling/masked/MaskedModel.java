package io.tailwalk.sampling.masked;

/**
 * A masked model: the distribution of every masked token given the tokens that are revealed. If
 * these are the conditional distributions of one joint distribution over complete sequences, the
 * order in which tokens are revealed does not matter, and this joint distribution is the model's.
 */
public interface MaskedModel {

  /** Number of positions of a sequence, at least 1. */
  int length();

  /**
   * Log-probabilities of the tokens {@code 0, 1, ...} at a masked position.
   *
   * @param state a sequence of {@link #length} positions, of which {@code position} is masked
   * @return nats, normalised; {@code -inf} for an impossible token
   */
  double[] logProbs(MaskedSequence state, int position);
}
