package io.tailwalk.train.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.values.LearningException;
import java.util.Arrays;
import java.util.List;

/**
 * One step of gradient ascent on {@code log pi(y_h | x, y_<h)} after each token of a response
 * (arXiv 2510.15020, Equations 21 to 23). Carried from response to response the steps are training;
 * with the parameters restored after each response they are test-time training, under which a
 * response is drawn and scored by the same recursion.
 */
public final class TokenSteps {
  private final Transformer model;
  private final double rate;

  /**
   * Token steps on a model.
   *
   * @param rate eta, finite and at least 0; with 0 the parameters do not change
   */
  public TokenSteps(Transformer model, double rate) {
    if (!(rate >= 0 && Double.isFinite(rate))) {
      throw new LearningException("the rate of token steps must be at least 0, got " + rate);
    }
    this.model = model;
    this.rate = rate;
  }

  /**
   * A drawn response with its log-probability.
   *
   * @param tokens at least one
   * @param logProb sum of the tokens' log-probabilities, each before its own step, nats
   */
  @SuppressWarnings("ArrayRecordComponent") // identity is enough: responses are never compared
  public record Drawn(int[] tokens, double logProb) {}

  /**
   * Trains on a response and keeps the parameters after its last token.
   *
   * @return the sum of the tokens' log-probabilities, each before its own step, nats
   * @throws LearningException if a log-probability or the parameters overflow
   */
  public double train(Example example) {
    double sum = 0;
    int[] prefix = example.prompt();
    for (int token : example.response()) {
      sum += step(prefix, token);
      prefix = append(prefix, token);
    }
    return sum;
  }

  /** Log-probability (nats) of a response under test-time training; parameters are restored. */
  public double logProb(Example example) {
    try (NDManager scratch = model.newManager()) {
      NDArray before = model.snapshot(scratch);
      try {
        return train(example);
      } finally {
        model.restore(before);
      }
    }
  }

  /**
   * Draws a response under test-time training; parameters are restored.
   *
   * @param prompt token ids, at least one
   * @param maxTokens maximal number of tokens to draw, at least 1
   * @param end token that ends a response and belongs to it; -1 for none
   */
  public Drawn draw(int[] prompt, int maxTokens, int end, Chooser chooser) {
    if (maxTokens < 1) {
      throw new LearningException("max_tokens must be at least 1, got " + maxTokens);
    }
    try (NDManager scratch = model.newManager()) {
      NDArray before = model.snapshot(scratch);
      int[] all = prompt;
      double logProb = 0;
      try {
        do {
          double[] logProbs =
              NextTokenDistribution.of(model).logProbs(TokenBatch.ofPrefixes(List.of(all)))[0];
          int token = NextTokenDistribution.draw(logProbs, chooser);
          logProb += logProbs[token];
          step(all, token);
          all = append(all, token);
        } while (all.length < prompt.length + maxTokens && all[all.length - 1] != end);
      } finally {
        model.restore(before);
      }
      return new Drawn(Arrays.copyOfRange(all, prompt.length, all.length), logProb);
    }
  }

  private static int[] append(int[] prefix, int token) {
    int[] longer = Arrays.copyOf(prefix, prefix.length + 1);
    longer[prefix.length] = token;
    return longer;
  }

  /**
   * One step: the parameters change in the direction in which the token becomes more probable.
   *
   * @param prefix the tokens before it, including the prompt, at least one
   * @return the token's log-probability before the step, nats
   * @throws LearningException if it is not finite
   */
  public double step(int[] prefix, int token) {
    model.zeroGradient();
    double loss =
        model.backward(TokenBatch.of(List.of(new Example(prefix, new int[] {token}))), rate);
    if (!Double.isFinite(loss)) {
      throw new LearningException("token steps diverged; lower their rate, which is " + rate);
    }
    try (NDManager scratch = model.newManager()) {
      NDArray gradient = model.gradient(scratch);
      model.add(-1, gradient);
    }
    return -loss;
  }
}
