package io.tailwalk.train.evaluate;

import io.tailwalk.train.data.Example;
import io.tailwalk.values.LearningException;

/**
 * A response to a held-out prompt, with its probability under the data distribution.
 *
 * @param example the prompt and the response
 * @param logProb {@code log pi(response | prompt)}, nats, at most 0; {@code -inf} for a response
 *     that is accepted though the data never contain it
 * @param weight its share in the prompt's averages, from 0 to 1: its probability if all possible
 *     responses are listed, one over their number if they were drawn
 * @param accepted whether it counts as solved in pass@N
 */
public record HeldOutResponse(Example example, double logProb, double weight, boolean accepted) {
  /** Refuses impossible probabilities. */
  public HeldOutResponse {
    if (!(logProb <= 0)) {
      throw new LearningException("a held-out log-probability must be at most 0, got " + logProb);
    }
    if (!(weight >= 0 && weight <= 1)) {
      throw new LearningException("a held-out weight must lie between 0 and 1, got " + weight);
    }
    if (weight > 0 && Double.isInfinite(logProb)) {
      throw new LearningException("a held-out response of probability 0 must have weight 0");
    }
  }

  /** A response drawn from the data, the only one of its prompt; not judged. */
  public static HeldOutResponse drawn(Example example, double logProb) {
    return new HeldOutResponse(example, logProb, 1, false);
  }
}
