package io.tailwalk.train.linear;

/**
 * The features {@code phi(x, y_1:h)} of an autoregressive linear model. Prompts {@code x} are
 * numbered from 0; the prompt determines the length of a response. In the paper every response has
 * H tokens; those beyond the length have {@code phi = 0}: all models agree on them, and they are
 * omitted. Immutable.
 */
public interface FeatureMap {

  /** Dimension d of theta. */
  int dimension();

  /** Number of tokens. */
  int vocabularySize();

  /** Number of prompts. */
  int prompts();

  /** Tokens in a response to the prompt, at least 1. */
  int length(int prompt);

  /**
   * The context after the first {@code h} tokens of a response.
   *
   * @param response at least {@code h} tokens; later ones are not read
   * @param h from 0 to {@code length(prompt) - 1}
   */
  Cell cell(int prompt, int[] response, int h);

  /** H, the longest response. */
  default int horizon() {
    int horizon = 0;
    for (int prompt = 0; prompt < prompts(); prompt++) {
      horizon = Math.max(horizon, length(prompt));
    }
    return horizon;
  }
}
