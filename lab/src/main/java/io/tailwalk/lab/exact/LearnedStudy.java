package io.tailwalk.lab.exact;

import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.train.value.ValueTraining;
import io.tailwalk.values.FitSettings;
import io.tailwalk.values.LearnedValue;
import io.tailwalk.values.OneHot;
import io.tailwalk.values.Rollouts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ABC with values learned from rollouts, as {@code value train} learns them for small alphabets.
 * With each value, the distributions of action-level sampling and of both walks are computed
 * exactly, and particles and auto are run.
 *
 * @param lengths values of H
 * @param rollouts numbers of rollouts on which a value is trained
 * @param values values trained for each length and number
 * @param steps steps of each of four runs of particles and auto with each value
 */
record LearnedStudy(List<Integer> lengths, List<Integer> rollouts, int values, int steps) {
  /**
   * Lazy steps of a walk divided by {@code H^2}: the time of Theorem 4.1, {@code H^2 (1 + eps)^4
   * log(1/delta)} without its constants, for an error of 0.5 and a distance of 0.02.
   */
  static final int STEPS_PER_SQUARE = 20;

  private static final int RUNS = 4;
  private static final double HELD_OUT = 0.1;
  private static final FitSettings FIT =
      FitSettings.DEFAULT.withHidden(List.of(32, 32)).withEpochs(20);

  /** Keeps copies. */
  LearnedStudy {
    lengths = List.copyOf(lengths);
    rollouts = List.copyOf(rollouts);
  }

  int pieces() {
    return lengths.size() * rollouts.size() * values;
  }

  List<LearnedCell> run(ExperimentSettings settings, Watch watch, int done, int total) {
    // One thread per operation: another order of summation would change the value.
    TorchEngine.useThreads(1);
    List<LearnedCell> cells = new ArrayList<>();
    int piece = done;
    try (Workers workers = new Workers(settings.threads())) {
      for (int length : lengths) {
        for (int count : rollouts) {
          var cell = LearnedCell.of(length, count, values);
          for (int i = 0; i < values; i++) {
            watch.step(piece++, total, "learned value, H=" + length + ", " + count + " rollouts");
            measure(cell, Streams.key(settings.seed(), length, count, i), workers, i);
          }
          cells.add(cell);
        }
      }
    }
    return cells;
  }

  private void measure(LearnedCell cell, long seed, Workers workers, int place) {
    Problem abc = Classics.abc(cell.length(), 0);
    Problem learned = abc.withValue(abc.name() + " learned", learn(abc, cell.rollouts(), seed));
    FlatTree tree = FlatTree.of(learned);
    int lazySteps = STEPS_PER_SQUARE * cell.length() * cell.length();
    double[] target = tree.target();
    List<FlatTree.Outcome> outcomes =
        workers.map(
            3,
            i ->
                switch (i) {
                  case 0 -> tree.actionLevel();
                  case 1 -> tree.vgb(lazySteps);
                  default -> tree.momentum(lazySteps);
                });
    List<String> names = List.of(Entrant.ACTION_LEVEL, Entrant.VGB, Entrant.MOMENTUM);
    for (int i = 0; i < names.size(); i++) {
      FlatTree.Outcome outcome = outcomes.get(i);
      cell.put(
          names.get(i), place, CellDistributions.kl(outcome.leaves(), target), outcome.success());
    }
    run(cell, learned, seed, workers, place);
  }

  private void run(LearnedCell cell, Problem learned, long seed, Workers workers, int place) {
    double[] target = new double[1 << cell.length()];
    Arrays.fill(target, 1.0 / target.length);
    for (Entrant entrant : Entrant.ofSteps(steps, cell.length())) {
      List<Entrant.Run> runs =
          entrant.runs(workers, learned, target.length, LearnedStudy::cell, RUNS, seed);
      double divergence = Entrant.distributions(target, runs).klFromTarget();
      cell.put(entrant.label(), place, divergence, Double.NaN);
    }
  }

  /** Letters a and b as the digits 0 and 1; a response with a c has no reward and never occurs. */
  static int cell(int[] tokens) {
    return Arrays.stream(tokens).reduce(0, (cell, token) -> 2 * cell + token);
  }

  private static LearnedValue learn(Problem abc, int count, long seed) {
    var rollouts =
        new Rollouts(abc.model(), abc.verifier(), abc.maxTokens(), List.of())
            .draw(abc.prompt(), count, seed, _ -> true);
    var features = new OneHot(abc.model().vocabulary().size(), abc.maxTokens());
    return new ValueTraining(features, ValueFunction.ONE, HELD_OUT, FIT.withSeed(seed))
        .run(rollouts, _ -> true)
        .value();
  }
}
