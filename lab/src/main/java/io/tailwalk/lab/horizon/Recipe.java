package io.tailwalk.lab.horizon;

import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.optim.Adam;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.run.TrainingSettings;

/**
 * How a model is trained: AdamW, warm-up and half a cosine down, gradients clipped at norm 1, loss
 * on response tokens only.
 *
 * @param steps in all, at least 2
 * @param batch examples in a step
 * @param microBatch examples that go through the model at once
 * @param peak highest learning rate
 * @param warmUp steps until it is reached
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

  /** Clipping, and the size of parts. */
  TrainingSettings settings() {
    return TrainingSettings.standard().clippedAt(1).perToken().microBatches(microBatch);
  }
}
