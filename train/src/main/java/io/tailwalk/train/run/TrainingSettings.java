package io.tailwalk.train.run;

import io.tailwalk.values.LearningException;

/**
 * Settings of a training step.
 *
 * @param mean the unit over which the loss is averaged
 * @param largestGradientNorm gradients with a larger norm are scaled to it; infinity for none
 * @param microBatch number of sequences per forward pass; the gradient of a batch is the sum of its
 *     parts, so this changes memory and speed, and results in rounding only
 */
public record TrainingSettings(LossMean mean, double largestGradientNorm, int microBatch) {

  /** The unit over which the loss is averaged. */
  public enum LossMean {
    /** Sequences: the negative log-likelihood of a response, as in arXiv 2510.15020. */
    SEQUENCE,
    /** Predicted tokens, weighted as in the loss. */
    TOKEN
  }

  /** Refuses invalid sizes. */
  public TrainingSettings {
    if (!(largestGradientNorm > 0)) {
      throw new LearningException(
          "the largest gradient norm must be above 0, got " + largestGradientNorm);
    }
    if (microBatch < 1) {
      throw new LearningException("micro_batch must be at least 1, got " + microBatch);
    }
  }

  /** The paper's loss, no clipping, at most 64 sequences at once. */
  public static TrainingSettings standard() {
    return new TrainingSettings(LossMean.SEQUENCE, Double.POSITIVE_INFINITY, 64);
  }

  /** The same with a different bound on the gradient's norm. */
  public TrainingSettings clippedAt(double norm) {
    return new TrainingSettings(mean, norm, microBatch);
  }

  /** The same with the loss averaged over tokens. */
  public TrainingSettings perToken() {
    return new TrainingSettings(LossMean.TOKEN, largestGradientNorm, microBatch);
  }

  /** The same with different parts of a batch. */
  public TrainingSettings microBatches(int size) {
    return new TrainingSettings(mean, largestGradientNorm, size);
  }
}
