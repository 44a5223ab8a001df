package io.tailwalk.train.run;

import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;

/** The training objective: the weight of each predicted token in the loss of a step. */
@FunctionalInterface
public interface Objective {
  /** Maximum likelihood: every token of every response counts 1. */
  Objective MAXIMUM_LIKELIHOOD = (_, batch) -> batch;

  /**
   * The batch with the weights of this step.
   *
   * @param model the model before the step
   * @param batch sequences with weight 1 on every predicted token
   */
  TokenBatch weighted(Transformer model, TokenBatch batch);

  /**
   * Everything that determines it, for checkpoints: a run is resumed with the same objective only.
   * Empty for maximum likelihood.
   */
  default String fingerprint() {
    return "";
  }
}
