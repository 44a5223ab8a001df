package io.tailwalk.lab.exact;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.Problems;
import io.tailwalk.lab.Workers;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * A sampler as it enters these experiments.
 *
 * @param label its row
 * @param sampler made from the registry
 * @param draws draws, tours or particles of a run
 * @param budget of a run
 * @param biased whether its law differs from the target where the values err
 */
record Entrant(String label, Sampler sampler, int draws, Budget budget, boolean biased) {
  /** The sampler without backtracking. */
  static final String ACTION_LEVEL = "action-level";

  private static final String VGB = "vgb";
  private static final String CALIBRATE = "calibrate";

  /** A run's law and cost. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Run(double[] law, Cost cost) {}

  /**
   * Action-level rejection, VGB and momentum by whole tours, particles, and auto; the walks take
   * the values as they are. Each is given a number of draws, tours or particles, and auto the steps
   * of as many straight descents.
   */
  static List<Entrant> ofDraws(int draws, int length) {
    return entrants(
        draws, draws, Budget.UNLIMITED, Budget.UNLIMITED.withSteps((long) draws * length));
  }

  /**
   * The same samplers, walks and auto each with so many steps, the others with as many descents.
   */
  static List<Entrant> ofSteps(int steps, int length) {
    Budget budget = Budget.UNLIMITED.withSteps(steps);
    return entrants(Math.max(1, steps / length), Integer.MAX_VALUE, budget, budget);
  }

  private static List<Entrant> entrants(int draws, int tours, Budget walks, Budget auto) {
    Map<String, String> walk = Map.of("tours", "" + tours, CALIBRATE, "0");
    Map<String, String> particles = Map.of("particles", "" + draws, "runs", "1");
    Budget none = Budget.UNLIMITED;
    return List.of(
        new Entrant(ACTION_LEVEL, Samplers.create("action-rejection", Map.of()), draws, none, true),
        new Entrant(VGB, Samplers.create(VGB, walk), draws, walks, false),
        new Entrant("vgb-momentum", Samplers.create("vgb-momentum", walk), draws, walks, false),
        new Entrant("smc", Samplers.create("smc", particles), draws, none, false),
        new Entrant("auto", Samplers.create("auto", Map.of()), draws, auto, false));
  }

  /** Independent runs of a problem. */
  List<Run> runs(
      Workers workers,
      Problem problem,
      int cells,
      ToIntFunction<int[]> cellOf,
      int count,
      long seed) {
    List<Run> runs = new ArrayList<>();
    workers.map(count, i -> run(problem, cells, cellOf, Streams.key(seed, i))).forEach(runs::add);
    return runs;
  }

  private Run run(Problem problem, int cells, ToIntFunction<int[]> cellOf, long seed) {
    Sampling sampling = Problems.run(problem, sampler, RunOptions.of(draws, budget, seed));
    double[] law = new double[cells];
    for (Completion outcome : sampling.outcomes()) {
      int[] tokens = outcome.tokenIds().stream().mapToInt(Integer::intValue).toArray();
      law[cellOf.applyAsInt(tokens)] += outcome.weight();
    }
    return new Run(law, sampling.cost());
  }

  /** The laws of runs beside a target. */
  static CellLaws laws(double[] target, List<Run> runs) {
    return new CellLaws(target, runs.stream().map(Run::law).toList());
  }

  /** Mean steps of a run. */
  static double steps(List<Run> runs) {
    return runs.stream().mapToLong(run -> run.cost().steps()).average().orElse(0);
  }

  /** Mean nodes that a run expanded. */
  static double nodes(List<Run> runs) {
    return runs.stream().mapToLong(run -> run.cost().nodesExpanded()).average().orElse(0);
  }
}
