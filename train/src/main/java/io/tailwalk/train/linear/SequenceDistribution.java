package io.tailwalk.train.linear;

/** A distribution of responses, factorised by tokens. */
public interface SequenceDistribution {

  /**
   * Log-probabilities (nats) of every token after the first {@code h} tokens of a response.
   *
   * @param response at least {@code h} tokens; later ones are not read
   * @return a new array
   */
  double[] next(int prompt, int[] response, int h);

  /** Log-probability (nats) of a complete response. */
  default double logProb(int prompt, int[] response) {
    double sum = 0;
    for (int h = 0; h < response.length; h++) {
      sum += next(prompt, response, h)[response[h]];
    }
    return sum;
  }
}
