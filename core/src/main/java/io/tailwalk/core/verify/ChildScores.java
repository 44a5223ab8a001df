package io.tailwalk.core.verify;

import org.jspecify.annotations.Nullable;

/** Log-scores of the one-token extensions of a prefix, read token by token. */
@FunctionalInterface
public interface ChildScores {
  /** Log-score of the prefix extended by the token; {@code -inf} is zero; never NaN or +inf. */
  double logScore(int token);

  /**
   * Log-scores of all tokens from 0.
   *
   * @param out one element per token
   */
  default void logScores(double[] out) {
    for (int token = 0; token < out.length; token++) {
      out[token] = logScore(token);
    }
  }

  /**
   * The tokens with a score of 0 as bits, if all others are known to have {@code -inf}; those
   * behind the end of the array are among the others. Shared, not to be changed.
   *
   * @return null if the scores are not known to be a mask
   */
  default long @Nullable [] mask() {
    return null;
  }
}
