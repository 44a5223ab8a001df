package io.tailwalk.lab.exact;

import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Watch;
import io.tailwalk.lab.Workers;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.train.value.FitSettings;
import io.tailwalk.train.value.LearnedValue;
import io.tailwalk.train.value.OneHot;
import io.tailwalk.train.value.Rollouts;
import io.tailwalk.train.value.ValueTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ABC with values learned from rollouts, as {@code value train} learns them for small alphabets.
 *
 * @param lengths H
 * @param rollouts numbers of rollouts a value is trained on
 * @param values values trained for each length and number
 * @param steps of each of four runs a value
 */
record LearnedStudy(List<Integer> lengths, List<Integer> rollouts, int values, int steps) {
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
    // One thread an operation: a sum in another order is another value.
    TorchEngine.useThreads(1);
    List<LearnedCell> cells = new ArrayList<>();
    int piece = done;
    try (Workers workers = new Workers(settings.threads())) {
      for (int length : lengths) {
        for (int count : rollouts) {
          Map<String, double[]> divergences = new LinkedHashMap<>();
          for (int i = 0; i < values; i++) {
            watch.step(piece++, total, "learned value, H=" + length + ", " + count + " rollouts");
            long seed = Streams.key(settings.seed(), length, count, i);
            measure(length, count, seed, workers, divergences, i);
          }
          cells.add(new LearnedCell(length, count, divergences));
        }
      }
    }
    return cells;
  }

  private void measure(
      int length,
      int count,
      long seed,
      Workers workers,
      Map<String, double[]> divergences,
      int place) {
    Problem abc = Classics.abc(length, 0);
    Problem learned = abc.withValue(abc.name() + " learned", learn(abc, count, seed));
    double[] target = new double[1 << length];
    Arrays.fill(target, 1.0 / target.length);
    for (Entrant entrant : Entrant.ofSteps(steps, length)) {
      List<Entrant.Run> runs =
          entrant.runs(workers, learned, target.length, LearnedStudy::cell, RUNS, seed);
      divergences.computeIfAbsent(entrant.label(), _ -> new double[values])[place] =
          Entrant.laws(target, runs).klFromTarget();
    }
  }

  /** Letters a and b as the digits 0 and 1; a response with a c has no reward and never comes. */
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
