package io.tailwalk.core.model;

/**
 * A continuation of a prefix, drawn by the model.
 *
 * @param tokenIds the tokens; the last is an end token if the response ended, and there are as many
 *     as were asked for if it did not
 * @param logProbs the log-probability of each token under the model's own distribution, nats; NaN
 *     if it is not known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the arrays are shared
public record Continuation(int[] tokenIds, double[] logProbs) {

  /**
   * What is asked for.
   *
   * @param prefix completion tokens after the prompt, without an end token
   * @param tokens largest number of tokens, at least 1
   * @param seed seed of this draw alone: draws with different seeds are independent
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Request(int[] prefix, int tokens, long seed) {}

  /** Refuses lists of different lengths. */
  public Continuation {
    if (tokenIds.length != logProbs.length || tokenIds.length == 0) {
      throw new IllegalArgumentException(
          "a continuation needs as many log-probabilities as tokens, and at least one, got "
              + tokenIds.length
              + " tokens and "
              + logProbs.length
              + " log-probabilities");
    }
  }
}
