package io.tailwalk.records.scores;

import io.tailwalk.records.TableException;
import java.util.List;

/**
 * One score.
 *
 * @param exampleId unique name of the response
 * @param promptId name of its prompt
 * @param model name of the model
 * @param logProbs natural logarithm of the probability of each token
 */
public record Score(String exampleId, String promptId, String model, List<Double> logProbs) {
  /** Copies the list and refuses NaN and positive values. */
  public Score {
    logProbs = List.copyOf(logProbs);
    for (double logProb : logProbs) {
      if (!(logProb <= LogProbRange.ROUNDING)) {
        throw new TableException(
            "example %s under model %s: %s; the backend's numbers are not log-probabilities."
                .formatted(exampleId, model, LogProbRange.problem("log_prob", logProb)));
      }
    }
  }
}
