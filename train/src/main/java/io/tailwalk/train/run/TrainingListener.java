package io.tailwalk.train.run;

/** Looks on while a model learns. */
public interface TrainingListener {

  /**
   * A run begins that is not a resumption.
   *
   * @param trainer to look at the untrained model
   */
  default void beforeFirstStep(Trainer trainer) {}

  /**
   * A step has been made.
   *
   * @param trainer to look at the model; listeners do not change it
   * @param report what the step was
   */
  void afterStep(Trainer trainer, StepReport report);
}
