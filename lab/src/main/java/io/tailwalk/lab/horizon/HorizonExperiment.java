package io.tailwalk.lab.horizon;

import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.Finding;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.run.Checkpoint;
import io.tailwalk.train.torch.TorchEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * KL and coverage at convergence as the horizon grows (arXiv 2510.15020, Fig. 2 and App. C.3). One
 * prompt in twenty follows a rule that no model learns here: a model that knows the graph but not
 * the rule pays {@code (H/2) ln 2} nats for each such path, so KL grows with H; these paths are
 * uncovered at every H.
 *
 * @param settings size of the run
 */
public record HorizonExperiment(HorizonSettings settings) implements Experiment {
  /** The name on the command line. */
  public static final String NAME = "coverage-vs-horizon";

  private static final int RULE_CLASS = 1;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String claim() {
    return "at convergence KL grows with the horizon H, while the coverage Cov_16 does not";
  }

  @Override
  public Finding run(Watch watch) {
    TorchEngine.useThreads(settings.threads());
    HorizonPlan plan = HorizonPlan.of(settings.scale());
    var store = new Store(settings.state());
    var clock = new Clock(watch, plan.steps());
    List<HorizonCourse> courses = new ArrayList<>();
    try (Transformer base = base(plan, store, clock)) {
      float[] values = base.values();
      for (int horizon : plan.horizons()) {
        clock.begin("H=" + horizon, plan.training().steps());
        var run =
            new CourseRun(
                plan,
                horizon,
                settings.seed(),
                store,
                (report, point) ->
                    clock.step(
                        report.step(),
                        String.format(
                            Locale.ROOT, "KL %.3f, Cov_16 %.3f", point.kl(), point.coverage())));
        try (Transformer model = Transformer.of(base.config(), values)) {
          courses.add(run.run(model, settings.seed()));
        }
      }
    }
    double weight = courses.getFirst().last().weights().get(RULE_CLASS);
    HorizonVerdict verdict = HorizonVerdict.of(courses, weight);
    return Finding.of(
        this,
        verdict,
        HorizonFigures.json(settings, plan, courses, verdict),
        HorizonPage.sections(plan, courses, verdict));
  }

  private Transformer base(HorizonPlan plan, Store store, Clock clock) {
    return plan.shipped() ? BaseModel.shipped() : trained(plan, store, clock);
  }

  private Transformer trained(HorizonPlan plan, Store store, Clock clock) {
    clock.begin("base model", plan.base().steps());
    return BaseModel.trained(
        plan,
        settings.seed(),
        store,
        report ->
            clock.step(report.step(), String.format(Locale.ROOT, "loss %.3f", report.loss())));
  }

  /** Trains the base model of the scale from scratch and writes it; this made the shipped model. */
  public void writeBase(Path file, Watch watch) {
    TorchEngine.useThreads(settings.threads());
    HorizonPlan plan = HorizonPlan.of(settings.scale());
    var store = new Store(settings.state());
    try (Transformer model = trained(plan, store, new Clock(watch, plan.base().steps()))) {
      Checkpoint.write(model, file);
    }
  }
}
