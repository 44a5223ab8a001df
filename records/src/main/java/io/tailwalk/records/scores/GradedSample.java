package io.tailwalk.records.scores;

import java.util.Optional;

/**
 * One sample of a run, graded.
 *
 * @param promptId its prompt
 * @param correct whether it is correct
 * @param score the score for a selector: the model's log-probability; NaN if unknown
 * @param reward the reward that counts, 1 for correct
 * @param plain whether it is a plain draw of the model, kept whatever its grade; samples of a
 *     sampler that returns only passing ones are not plain, and their counts are not informative
 *     about pass@k
 * @param answer its final answer, for votes; empty if unknown
 */
public record GradedSample(
    String promptId,
    boolean correct,
    double score,
    double reward,
    boolean plain,
    Optional<String> answer) {
  /** A sample without a known answer. */
  public GradedSample(
      String promptId, boolean correct, double score, double reward, boolean plain) {
    this(promptId, correct, score, reward, plain, Optional.empty());
  }
}
