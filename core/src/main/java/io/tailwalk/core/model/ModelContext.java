package io.tailwalk.core.model;

import java.util.Optional;

/**
 * A model with a prompt in front of it: answers for the next token after any completion prefix. It
 * owns the model's internal state (a KV cache, say) and decides how to reach a prefix: share, roll
 * back or recompute. Not thread-safe; closing frees native memory.
 */
public interface ModelContext extends AutoCloseable {

  /**
   * Next-token log-probabilities after the prompt followed by each prefix.
   *
   * @param prefixes completion token ids, possibly empty (straight after the prompt), in any order;
   *     the arrays are read during the call only
   * @return one law per prefix, in the same order
   * @throws ModelException if a prefix does not fit into the context or the model fails
   * @throws IllegalArgumentException if a token id lies outside the vocabulary
   */
  LogProbs[] next(int[][] prefixes);

  /** The prompt's token ids. */
  int[] promptTokenIds();

  /** Longest completion that fits behind the prompt, in tokens. */
  int maxCompletionTokens();

  /** What has been asked of the model so far. */
  ModelUsage usage();

  /**
   * Log-probability (nats) of each token of a given completion, teacher-forced: entry {@code h} is
   * {@code log pi(y_h | prompt, y_<h)}.
   */
  default double[] score(int[] completion) {
    int[][] prefixes = new int[completion.length][];
    for (int h = 0; h < completion.length; h++) {
      prefixes[h] = java.util.Arrays.copyOf(completion, h);
    }
    LogProbs[] laws = next(prefixes);
    double[] logProbs = new double[completion.length];
    for (int h = 0; h < completion.length; h++) {
      logProbs[h] = laws[h].logProb(completion[h]);
    }
    return logProbs;
  }

  /** The states behind prefixes, if the model is a network that shows them. */
  default Optional<HiddenStates> hiddenStates() {
    return Optional.empty();
  }

  @Override
  void close();
}
