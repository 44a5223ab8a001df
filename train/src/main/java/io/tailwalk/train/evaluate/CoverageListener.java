package io.tailwalk.train.evaluate;

import io.tailwalk.train.run.StepReport;
import io.tailwalk.train.run.Trainer;
import io.tailwalk.train.run.TrainingListener;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Measures coverage while a model learns, because cross-entropy alone would not show a turn (arXiv
 * 2510.15020, Fig. 1).
 */
public final class CoverageListener implements TrainingListener {
  private final CoverageEvaluation evaluation;
  private final LongPredicate when;
  private final int batchSize;
  private final Consumer<CoverageReport> reports;

  /**
   * At chosen steps.
   *
   * @param when whether to measure after a step; step 0 is the untrained model
   * @param batchSize number of responses scored in parallel
   * @param reports receives each report
   */
  public CoverageListener(
      CoverageEvaluation evaluation,
      LongPredicate when,
      int batchSize,
      Consumer<CoverageReport> reports) {
    this.evaluation = evaluation;
    this.when = when;
    this.batchSize = batchSize;
    this.reports = reports;
  }

  /**
   * At regular steps, and before the first.
   *
   * @param every at least 1
   */
  public static CoverageListener every(
      long every, CoverageEvaluation evaluation, Consumer<CoverageReport> reports) {
    return new CoverageListener(evaluation, step -> step % every == 0, 64, reports);
  }

  @Override
  public void beforeFirstStep(Trainer trainer) {
    measure(trainer, 0);
  }

  @Override
  public void afterStep(Trainer trainer, StepReport report) {
    measure(trainer, report.step());
  }

  private void measure(Trainer trainer, long step) {
    if (when.test(step)) {
      reports.accept(
          evaluation.of(step, examples -> trainer.model().sequenceLogProbs(examples, batchSize)));
    }
  }
}
