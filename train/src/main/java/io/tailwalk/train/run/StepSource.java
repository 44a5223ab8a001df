package io.tailwalk.train.run;

import io.tailwalk.train.model.Transformer;

/**
 * The source of what each step learns from. A batch depends on the number of its step and on the
 * parameters before it, so that a resumed run makes the same steps as an uninterrupted one.
 */
public interface StepSource {
  /**
   * The batch of a step; the same on every call with the same parameters.
   *
   * @param model the model before the step; not changed
   * @param step counted from 0
   */
  StepBatch batch(Transformer model, long step);

  /** The dependencies of the batches in one line: a run may only be resumed on the same source. */
  String fingerprint();

  /** The objective for checkpoints, in one line; empty for maximum likelihood and for rewards. */
  default String follows() {
    return "";
  }
}
