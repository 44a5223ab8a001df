package io.tailwalk.lab.horizon;

import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.optim.VectorOptimizer;
import io.tailwalk.train.run.StepReport;
import io.tailwalk.train.run.Trainer;
import io.tailwalk.train.run.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Trains a model on the mixture of one horizon and measures it during training. */
final class CourseRun implements TrainingListener {
  private final HorizonPlan plan;
  private final HorizonTask task;
  private final CourseMeter meter;
  private final Store store;
  private final String name;
  private final BiConsumer<StepReport, HorizonPoint> heard;
  private final List<HorizonPoint> points = new ArrayList<>();

  /**
   * Makes the run of a horizon.
   *
   * @param heard told of each step, with the last point
   */
  CourseRun(
      HorizonPlan plan,
      int middleLayers,
      long seed,
      Store store,
      BiConsumer<StepReport, HorizonPoint> heard) {
    this.plan = plan;
    this.task = new HorizonTask(middleLayers, plan.width(), plan.vocabulary());
    this.meter = new CourseMeter(task, seed, plan.promptsAtEnd());
    this.store = store;
    this.name = "H" + middleLayers;
    this.heard = heard;
  }

  /**
   * Trains a model.
   *
   * @param model model to train; modified
   */
  HorizonCourse run(Transformer model, long seed) {
    Recipe recipe = plan.training();
    try (VectorOptimizer optimizer = recipe.optimizer(model)) {
      Trainer trainer =
          new Trainer(model, optimizer, task.training(seed, recipe.batch()), recipe.settings());
      points.addAll(store.resume(trainer, name));
      trainer.listen(this).run(recipe.steps());
    }
    return new HorizonCourse(task.middleLayers(), points);
  }

  @Override
  public void beforeFirstStep(Trainer trainer) {
    points.clear();
    points.add(meter.measure(trainer.model(), 0, plan.prompts()));
  }

  @Override
  public void afterStep(Trainer trainer, StepReport report) {
    boolean last = report.step() == plan.training().steps();
    if (last || report.step() % plan.every() == 0) {
      int prompts = last ? plan.promptsAtEnd() : plan.prompts();
      points.add(meter.measure(trainer.model(), report.step(), prompts));
      store.keep(trainer, name, points);
    }
    heard.accept(report, points.getLast());
  }
}
