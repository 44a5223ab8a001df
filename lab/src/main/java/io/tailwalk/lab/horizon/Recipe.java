package io.tailwalk.lab.horizon;

import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.optim.Adam;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.run.TrainingSettings;

/**
 * The training recipe of a model: AdamW, warm-up and half-cosine decay, gradients clipped at norm
 * 1, loss on response tokens only.
 *
 * @param steps total number of steps, at least 2
 * @param batch examples per step
 * @param microBatch examples that the model processes at once
 * @param peak highest learning rate
 * @param warmUp steps until the highest learning rate is reached
 */
record Recipe(long steps, int batch, int microBatch, double peak, long warmUp) {
  private static final double FLOOR = 0.02;
  private static final double BETA2 = 0.99;
  private static final double WEIGHT_DECAY = 0.01;

  /** The optimiser of a model. */
  Adam optimizer(Transformer model) {
    return new Adam(
        LearningRate.cosine(peak, warmUp, steps, FLOOR * peak),
        new Adam.Constants(true, 0.9, BETA2, 1e-8, WEIGHT_DECAY),
        model.layout().decayed());
  }

  /** The settings of clipping and micro-batches. */
  TrainingSettings settings() {
    return TrainingSettings.standard().clippedAt(1).perToken().microBatches(microBatch);
  }
}
