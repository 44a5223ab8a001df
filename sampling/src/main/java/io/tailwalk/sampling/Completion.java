package io.tailwalk.sampling;

import io.tailwalk.core.verify.FinishReason;
import java.util.List;

/**
 * A complete response.
 *
 * @param tokenIds its tokens, end token included
 * @param text its text, stop string cut off
 * @param tokenLogProbs log-probability of each token under the model (nats)
 * @param logReward {@code log tau}
 * @param finishReason the reason why it is complete
 * @param weight its share of its weighted sample; 1 for a plain draw
 */
public record Completion(
    List<Integer> tokenIds,
    String text,
    List<Double> tokenLogProbs,
    double logReward,
    FinishReason finishReason,
    double weight) {
  /** Keeps immutable copies. */
  public Completion {
    tokenIds = Packed.ints(tokenIds);
    tokenLogProbs = Packed.doubles(tokenLogProbs);
  }

  /** Log-probability of the whole response under the model (nats). */
  public double logProb() {
    return tokenLogProbs.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The same response with a different weight. */
  public Completion withWeight(double other) {
    return new Completion(tokenIds, text, tokenLogProbs, logReward, finishReason, other);
  }
}
