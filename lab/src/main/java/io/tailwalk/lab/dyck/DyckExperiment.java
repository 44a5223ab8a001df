package io.tailwalk.lab.dyck;

import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.run.Checkpoint;
import java.nio.file.Path;
import java.util.List;

/**
 * Balanced brackets: accuracy against diversity at equal model tokens, and the error of the
 * distribution against the epochs of the value, after a beginning that is rare in the transformer's
 * training data.
 *
 * @param settings size of the run
 */
public record DyckExperiment(DyckSettings settings) implements Experiment {
  /** The name on the command line. */
  public static final String NAME = "dyck";

  private static final long VALUE = 1;
  private static final long STUDY = 2;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String claim() {
    return "on balanced brackets after an out-of-distribution beginning, VGB lies outside the"
        + " frontier of the baselines in accuracy and distinct valid responses at equal model"
        + " tokens; and with a value trained for more than one epoch, it draws from a distribution"
        + " closer to the target than action-level sampling does, with more independent draws than"
        + " outcome-level rejection for the same tokens";
  }

  @Override
  public Finding run(Watch watch) {
    DyckPlan plan = plan();
    long seed = settings.common().seed();
    boolean trained = settings.pretrain() || settings.common().scale() == Scale.FULL;
    Task task = Task.of(plan, trained ? train(plan, watch) : BaseModel.shipped(plan));
    watch.step(0, 1, "enumeration of the target");
    CompletionTree tree = CompletionTree.of(task);
    ValueSeries values = ValueSeries.learn(task, plan, Streams.key(seed, VALUE), watch);
    var study = new DyckStudy(plan, task, tree, values, Streams.key(seed, STUDY));
    Frontier frontier;
    List<EpochRow> rows;
    Point outcomeLevel;
    try (Workers workers = new Workers(settings.common().threads())) {
      frontier = study.frontier(workers, watch);
      rows = study.epochs(workers, watch);
      outcomeLevel = study.outcomeLevel(workers);
    }
    var verdict = DyckVerdict.of(frontier, rows, outcomeLevel);
    var result = new DyckResult(plan, tree, values, frontier, rows, outcomeLevel);
    return Finding.of(
        this,
        verdict,
        DyckFigures.json(settings.common(), trained, result, verdict),
        DyckPage.sections(result, verdict));
  }

  private DyckPlan plan() {
    return DyckPlan.of(settings.common().scale());
  }

  private float[] train(DyckPlan plan, Watch watch) {
    try (Transformer model = BaseModel.trained(plan, settings.common().seed(), watch)) {
      return model.values();
    }
  }

  /** Trains the transformer from scratch and writes it; this made the shipped model. */
  public void writeBase(Path file, Watch watch) {
    try (Transformer model = BaseModel.trained(plan(), settings.common().seed(), watch)) {
      Checkpoint.write(model, file);
    }
  }
}
