package io.tailwalk.core.model;

import java.util.List;
import java.util.Optional;

/**
 * A model with a prompt: returns next-token distributions after any completion prefix. It owns the
 * model's internal state (for example, a KV cache) and decides how to reach a prefix: share, roll
 * back or recompute. Not thread-safe; closing frees native memory.
 */
public interface ModelContext extends AutoCloseable {

  /**
   * Next-token log-probabilities after the prompt followed by each prefix.
   *
   * @param prefixes completion token ids, possibly empty (directly after the prompt), in any order;
   *     the arrays are read during the call only
   * @return one distribution per prefix, in the same order
   * @throws ModelException if a prefix does not fit into the context, the model fails, or it has no
   *     {@link Capability#DISTRIBUTION}
   * @throws IllegalArgumentException if a token id lies outside the vocabulary
   */
  LogProbs[] next(int[][] prefixes);

  /** What the context can be asked for. */
  default Capabilities capabilities() {
    return Capabilities.COMPUTED;
  }

  /**
   * Model tokens that a draw of so many tokens costs at most: as many, unless the model counts
   * tokens that it does not show.
   *
   * @param tokens largest number of tokens of the draw
   */
  default long costOfDraw(int tokens) {
    return tokens;
  }

  /**
   * Draws continuations, if the model {@linkplain Capabilities#drawsItself draws itself}: each
   * independently of all others, from the model's own distribution at temperature 1.
   *
   * @return one continuation per request, in the same order
   * @throws ModelException if a draw does not fit into the context, or the model fails or does not
   *     draw itself
   */
  default List<Continuation> draw(List<Continuation.Request> requests) {
    throw new ModelException("this model does not draw; draw from its distributions");
  }

  /**
   * The most probable next tokens after the prompt followed by each prefix: those of {@link #next}
   * unless the model lists them itself.
   *
   * @param prefixes as for {@link #next}
   * @param most tokens to list at most, from 1 to {@link Capabilities#mostTop}; fewer are listed if
   *     no others have a probability above zero
   * @return one list per prefix, in the same order
   * @throws ModelException if a prefix does not fit into the context, the model fails, or it has no
   *     {@link Capability#TOP_K}
   */
  default List<TopTokens> top(int[][] prefixes, int most) {
    return java.util.Arrays.stream(next(prefixes))
        .map(distribution -> TopTokens.of(distribution, most))
        .toList();
  }

  /** The prompt's token ids. */
  int[] promptTokenIds();

  /** Longest completion that fits after the prompt, in tokens. */
  int maxCompletionTokens();

  /**
   * Number of branches of full length that the model's memory holds at once, at least 1: as long as
   * no more prefixes grow token by token, each of their tokens costs one model token; beyond, whole
   * prefixes are evaluated again. {@link Integer#MAX_VALUE} if every number of branches costs as
   * much a branch.
   */
  default int heldBranches() {
    return Integer.MAX_VALUE;
  }

  /** Usage of the model so far. */
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
    LogProbs[] distributions = next(prefixes);
    double[] logProbs = new double[completion.length];
    for (int h = 0; h < completion.length; h++) {
      logProbs[h] = distributions[h].logProb(completion[h]);
    }
    return logProbs;
  }

  /** The hidden states after prefixes; empty without {@link Capability#HIDDEN}. */
  default Optional<HiddenStates> hiddenStates() {
    return Optional.empty();
  }

  /**
   * The hidden states after prefixes, for those who cannot do without them.
   *
   * @throws ModelException without {@link Capability#HIDDEN}, with the models that have them
   */
  default HiddenStates requireHiddenStates() {
    return hiddenStates()
        .orElseThrow(() ->
            new ModelException(
                "hidden states are needed, and this model gives "
                    + capabilities().words()
                    + " only; use a GGUF model in this process (gguf:PATH)"));
  }

  @Override
  void close();
}
