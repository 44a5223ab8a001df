package io.tailwalk.lab.parity;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Measured;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.train.value.ValueTraining;
import io.tailwalk.values.FitSettings;
import io.tailwalk.values.OneHot;
import io.tailwalk.values.Rollouts;
import java.util.ArrayList;
import java.util.List;

/** Learns the values, computes their knowledge, and searches with them. */
final class ParityStudy {
  private static final double HELD_OUT = 0.1;
  private static final FitSettings FIT =
      new FitSettings(List.of(32, 32), 20, 512, 3e-3, 0.01, 4, 0);

  private static final Measured UNKNOWN = new Measured(Double.NaN, 0);

  private final ParityPlan plan;
  private final ExperimentSettings settings;
  private final Watch watch;
  private int piece;

  ParityStudy(ParityPlan plan, ExperimentSettings settings, Watch watch) {
    this.plan = plan;
    this.settings = settings;
    this.watch = watch;
  }

  ParityResults run() {
    // One thread per operation: another order of summation would change the value.
    TorchEngine.useThreads(1);
    List<ParityCell> lagging = new ArrayList<>();
    List<ParityCell> learned = new ArrayList<>();
    List<ParityResults.Known> insights = new ArrayList<>();
    try (Workers workers = new Workers(settings.threads())) {
      for (ParityTask task : plan.tasks()) {
        long seed = Streams.key(settings.seed(), task.blocks());
        for (Searcher searcher : Searcher.all()) {
          lagging.add(search(workers, task, task.lagging(), searcher, blind(task, searcher), seed));
        }
        learned.addAll(learned(workers, task, seed, insights));
      }
    }
    return new ParityResults(lagging, learned, insights);
  }

  private List<ParityCell> learned(
      Workers workers, ParityTask task, long seed, List<ParityResults.Known> insights) {
    List<List<ParityCell>> cells = new ArrayList<>();
    for (int i = 0; i < plan.values(); i++) {
      long own = Streams.key(seed, 1, i);
      watch.step(piece, plan.pieces(), name(task) + ", learning a value");
      ValueFunction value = learn(task, own);
      Insight insight = Insight.of(task, value);
      insights.add(new ParityResults.Known(task, insight));
      List<ParityCell> row = new ArrayList<>();
      for (Searcher searcher : Searcher.all()) {
        Measured steps =
            switch (searcher.label()) {
              case Searcher.ACTION_LEVEL -> attempts(task, insight.success());
              case Searcher.OUTCOME_LEVEL -> attempts(task, Math.pow(2, -task.blocks()));
              default -> UNKNOWN;
            };
        row.add(search(workers, task, value, searcher, steps, own));
      }
      cells.add(row);
    }
    List<ParityCell> means = new ArrayList<>();
    for (int i = 0; i < Searcher.all().size(); i++) {
      int column = i;
      means.add(ParityCell.mean(cells.stream().map(row -> row.get(column)).toList()));
    }
    return means;
  }

  /** Steps of complete responses until one passes: a geometric number of them, H steps each. */
  private Measured attempts(ParityTask task, double success) {
    double spread = Math.sqrt(1 - success) / success;
    return new Measured(
        task.length() / success, task.length() * spread / Math.sqrt(plan.searches()));
  }

  private Measured blind(ParityTask task, Searcher searcher) {
    return switch (searcher.label()) {
      case Searcher.ACTION_LEVEL -> new Measured(BlindTimes.actionLevel(task), 0);
      case Searcher.OUTCOME_LEVEL -> attempts(task, Math.pow(2, -task.blocks()));
      case Searcher.VGB -> new Measured(BlindTimes.vgb(task), 0);
      case Searcher.MOMENTUM -> new Measured(BlindTimes.momentum(task), 0);
      default -> UNKNOWN;
    };
  }

  private ParityCell search(
      Workers workers,
      ParityTask task,
      ValueFunction value,
      Searcher searcher,
      Measured computed,
      long seed) {
    watch.step(piece++, plan.pieces(), name(task) + ", " + searcher.label());
    Problem problem = task.problem(value);
    List<Attempt> attempts =
        workers.map(
            plan.searches(),
            i -> searcher.search(problem, Streams.key(seed, searcher.label().hashCode(), i)));
    return ParityCell.of(task, searcher.label(), attempts, computed);
  }

  private static String name(ParityTask task) {
    return "H=" + task.length();
  }

  private ValueFunction learn(ParityTask task, long seed) {
    Problem problem = task.problem(ValueFunction.ONE);
    var rollouts =
        new Rollouts(problem.model(), problem.verifier(), task.length(), List.of())
            .draw(problem.prompt(), plan.rollouts(), seed, _ -> true);
    var features = new OneHot(problem.model().vocabulary().size(), task.length());
    return new ValueTraining(features, ValueFunction.ONE, HELD_OUT, FIT.withSeed(seed))
        .run(rollouts, _ -> true)
        .value();
  }
}
