package io.tailwalk.train.run;

/** Listener of a training run. */
public interface TrainingListener {

  /**
   * A new run begins; not called when a run is resumed.
   *
   * @param trainer with the untrained model
   */
  default void beforeFirstStep(Trainer trainer) {}

  /**
   * A step has been made.
   *
   * @param trainer with the model; listeners do not change it
   * @param report report of the step
   */
  void afterStep(Trainer trainer, StepReport report);
}
