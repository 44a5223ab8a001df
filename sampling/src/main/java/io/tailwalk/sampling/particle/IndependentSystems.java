package io.tailwalk.sampling.particle;

import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.BudgetShare;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Lineages;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.estimate.ParticleMass;
import io.tailwalk.sampling.frontier.Closing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Independent particle systems until the budget is used, and their result. Systems whose particles
 * share many nodes leave model batches small, so several advance in step, with one batch for all;
 * each has its own random stream, so it is the system that it would be alone, and the estimate has
 * the systems that would fit in the budget one after another.
 */
final class IndependentSystems {
  /** Systems in step at most. */
  private static final int MOST_IN_STEP = 4;

  /** Nodes that fill a model batch. */
  private static final double FULL_BATCH = 16;

  private final Run run;
  private final Proposal proposal;
  private final BudgetShare budget;
  private final LeafSample leaves = new LeafSample();
  private final ParticleMass mass = new ParticleMass();
  private int resamplings;
  private int survived;
  private long expansions;
  private long rounds;

  IndependentSystems(Run run, Proposal proposal) {
    this.run = run;
    this.proposal = proposal;
    this.budget = new BudgetShare(run.explorer());
  }

  /**
   * Runs systems.
   *
   * @param most limit on systems
   * @param inStep whether several systems may advance in step
   * @param maker makes the system of a number, from 0
   */
  void run(int most, boolean inStep, IntFunction<ParticleSystem> maker) {
    double before = budget.spent();
    boolean complete = true;
    while (complete && mass.all() < most && run.mayBegin()) {
      int first = mass.all();
      int width = 1;
      if (inStep && first > 0) {
        double each = (budget.spent() - before) / first;
        width = Math.min(most - first, width(each));
      }
      var wave = new SystemsInStep(run, proposal);
      for (int system = first; system < first + width; system++) {
        wave.add(maker.apply(system));
      }
      wave.finish();
      complete = wave.isComplete();
      rounds += wave.rounds();
      expansions += wave.expansions();
      for (int i = 0; i < wave.size(); i++) {
        collect(wave.system(i), run.withinBudget() || budget.of(wave.costOfFirst(i + 1)) <= 1);
      }
    }
    if (survived == 0 && mass.all() > 0) {
      run.noneSurvived();
    }
  }

  /**
   * The number of systems that fill a batch together, but no more than the rest of the budget has
   * room for, in waves of like sizes.
   *
   * @param each share of the budget that a system costs
   */
  private int width(double each) {
    double batch = (double) expansions / Math.max(1, rounds);
    int limit = Math.clamp(Math.round(FULL_BATCH / batch), 1, MOST_IN_STEP);
    double left = each == 0 ? limit : (1 - budget.spent()) / each;
    long systems = Math.max(1, Math.round(left));
    long waves = Math.ceilDiv(systems, limit);
    return (int) Math.ceilDiv(systems, waves);
  }

  /** Adds every particle with its share of the mean weight. */
  private void collect(ParticleSystem system, boolean withinBudget) {
    resamplings += system.resamplings();
    survived += system.logMass() > Double.NEGATIVE_INFINITY ? 1 : 0;
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
    mass.add(system.logMass(), system.familyShares(), withinBudget);
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
        counts,
        lineages.notes());
  }
}
