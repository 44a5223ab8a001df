package io.tailwalk.lab.exact;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.LabelledSampler;
import io.tailwalk.lab.Problems;
import io.tailwalk.lab.WholeBudget;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * A sampler of these experiments.
 *
 * @param label label of its row in tables
 * @param sampler made from the registry
 * @param draws draws, tours or particles of a run
 * @param budget budget of a run
 * @param biased whether its distribution differs from the target if the values err
 */
record Entrant(String label, Sampler sampler, int draws, Budget budget, boolean biased)
    implements LabelledSampler {
  /** A run's distribution and cost. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Run(double[] distribution, Cost cost) {}

  /**
   * Action-level rejection, VGB and momentum by complete tours, particles, and auto; the walks use
   * the values unchanged. Each has a number of draws, tours or particles; auto has the steps of
   * {@code descents} straight descents for each draw.
   */
  static List<Entrant> ofDraws(int draws, int length, int descents) {
    Map<String, String> walk = Map.of("tours", "" + draws, "calibrate", "0");
    Budget none = Budget.UNLIMITED;
    return List.of(
        new Entrant(
            ACTION_LEVEL, WholeBudget.sampler("action-rejection", Map.of()), draws, none, true),
        new Entrant(VGB, WholeBudget.sampler(VGB, walk), draws, none, false),
        new Entrant(MOMENTUM, WholeBudget.sampler(MOMENTUM, walk), draws, none, false),
        particles(draws),
        auto(draws, (long) descents * draws * length));
  }

  /** Particles and auto: auto with this many steps, particles with the same number of steps. */
  static List<Entrant> ofSteps(int steps, int length) {
    int draws = Math.max(1, steps / length);
    return List.of(particles(draws), auto(draws, steps));
  }

  private static Entrant particles(int count) {
    return new Entrant(SMC, WholeBudget.particles(count), count, Budget.UNLIMITED, false);
  }

  private static Entrant auto(int draws, long steps) {
    Budget budget = Budget.UNLIMITED.withSteps(steps);
    return new Entrant(AUTO, WholeBudget.sampler(AUTO, Map.of()), draws, budget, false);
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
    double[] distribution = new double[cells];
    for (Completion outcome : sampling.outcomes()) {
      int[] tokens = outcome.tokenIds().stream().mapToInt(Integer::intValue).toArray();
      distribution[cellOf.applyAsInt(tokens)] += outcome.weight();
    }
    return new Run(distribution, sampling.cost());
  }

  /** The distributions of runs together with a target. */
  static CellDistributions distributions(double[] target, List<Run> runs) {
    return new CellDistributions(target, runs.stream().map(Run::distribution).toList());
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
