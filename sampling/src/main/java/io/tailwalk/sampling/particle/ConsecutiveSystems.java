package io.tailwalk.sampling.particle;

import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Lineages;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.estimate.ParticleMass;
import io.tailwalk.sampling.frontier.Closing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Independent particle systems, one after another until the budget is used, and their result. */
final class ConsecutiveSystems {
  private final Run run;
  private final LeafSample leaves = new LeafSample();
  private final ParticleMass mass = new ParticleMass();
  private int resamplings;
  private int survived;

  ConsecutiveSystems(Run run) {
    this.run = run;
  }

  /**
   * Runs systems.
   *
   * @param most limit on systems
   * @param maker makes the system of a number, from 0
   */
  void run(int most, IntFunction<ParticleSystem> maker) {
    while (mass.all() < most && run.mayBegin()) {
      ParticleSystem system = maker.apply(mass.all());
      if (!system.finish()) {
        break;
      }
      resamplings += system.resamplings();
      survived += system.logMass() > Double.NEGATIVE_INFINITY ? 1 : 0;
      collect(system);
      mass.add(system.logMass(), system.familyShares(), run.withinBudget());
    }
    if (survived == 0 && mass.all() > 0) {
      run.noneSurvived();
    }
  }

  /** Adds every particle with its share of the mean weight. */
  private void collect(ParticleSystem system) {
    double logSize = Math.log(system.size());
    for (int i = 0; i < system.size(); i++) {
      boolean alive = system.logWeight(i) > Double.NEGATIVE_INFINITY;
      leaves.addLog(
          alive ? system.leaf(i) : GenerationTree.NONE,
          system.logWeight(i) - logSize,
          (long) mass.all() * system.size() + system.eve(i));
      if (alive) {
        run.completed(system.leaf(i));
      }
    }
  }

  /** The result, after the rest of the budget is spent on the interval. */
  Sampling result() {
    var closing = new Closing(run, mass.evidence());
    closing.spendRest();
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("runs", (double) mass.all());
    counts.put("runs_in_estimate", (double) mass.counted());
    counts.put("dead_runs", (double) (mass.all() - survived));
    counts.put("resamplings", (double) resamplings);
    var lineages = Lineages.of(leaves, run.options());
    lineages.addTo(counts);
    return run.result(
            leaves.draws(run.explorer(), run.options().n(), run.options().seed()),
            leaves.outcomes(run.explorer()),
            closing,
            Math.min(mass.effectiveSize(), leaves.kishSize()),
            counts)
        .withNotes(Stream.concat(lineages.notes().stream(), run.limitNotes().stream()).toList());
  }
}
