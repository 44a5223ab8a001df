package io.tailwalk.sampling.particle;

import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Lineages;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.SmcParameters;
import io.tailwalk.sampling.estimate.ParticleMass;
import io.tailwalk.sampling.frontier.Closing;
import io.tailwalk.sampling.frontier.IntervalShare;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sequential Monte Carlo with value twists: particle systems ({@link ParticleSystem}), guided by
 * {@code u(c) = pi(c|v) V(c)} and weighted by {@code S(root)} and then {@code S(v)/V(v)},
 * consecutively until the budget is used. The mean of the systems' mean weights is an unbiased
 * estimate of {@code Z}. Completions are drawn in proportion to weight over all systems: exact in
 * the limit of many systems or particles; from a single system with few particles they are biased,
 * as is every self-normalised estimate. With sampled children every system has its own tree. A
 * budget too small for one system returns no completion.
 *
 * @param parameters of the particles
 * @param runs limit on systems; {@link Integer#MAX_VALUE} for none
 * @param intervalShare part of the budget for the interval of the success probability, in [0, 1)
 */
public record SmcSampler(SmcParameters parameters, int runs, double intervalShare)
    implements Sampler {
  /** Refuses fewer than one system, and shares out of range. */
  public SmcSampler {
    if (runs < 1) {
      throw new IllegalArgumentException("runs must be at least 1, got " + runs);
    }
    IntervalShare.require(intervalShare);
  }

  @Override
  public String name() {
    return "smc";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("particles", parameters.particles());
    params.put("ess_threshold", parameters.essThreshold());
    params.put("resampling", parameters.resampling().wireName());
    if (runs < Integer.MAX_VALUE) {
      params.put("runs", runs);
    }
    params.put("interval_share", intervalShare);
    return params;
  }

  @Override
  public TargetDistribution targetDistribution() {
    return TargetDistribution.EXACT_IN_THE_LIMIT;
  }

  @Override
  public Sampling run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
    var run = new Run(problem, options, listener, intervalShare);
    var leaves = new LeafSample();
    var mass = new ParticleMass();
    int resamplings = 0;
    int survived = 0;
    if (run.mayBegin() && run.rootIsAlive()) {
      var proposal = new GuidedProposal(run.explorer());
      while (mass.all() < runs && run.mayBegin()) {
        int root = run.explorer().root(run.enumerates() ? 0 : mass.all());
        var system = ParticleSystem.free(run, proposal, parameters, run.chooser(mass.all()), root);
        if (!system.finish()) {
          break;
        }
        resamplings += system.resamplings();
        survived += system.logMass() > Double.NEGATIVE_INFINITY ? 1 : 0;
        collect(run, system, leaves, mass.all());
        mass.add(system.logMass(), system.familyShares(), run.withinBudget());
      }
      if (survived == 0 && mass.all() > 0) {
        run.noneSurvived();
      }
    }
    var closing = new Closing(run, mass.evidence());
    closing.spendRest();
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("runs", (double) mass.all());
    counts.put("runs_in_estimate", (double) mass.counted());
    counts.put("dead_runs", (double) (mass.all() - survived));
    counts.put("resamplings", (double) resamplings);
    var lineages = Lineages.of(leaves, options);
    lineages.addTo(counts);
    return run.result(
            leaves.draws(run.explorer(), options.n(), options.seed()),
            leaves.outcomes(run.explorer()),
            closing,
            Math.min(mass.effectiveSize(), leaves.kishSize()),
            counts)
        .withNotes(lineages.notes());
  }

  /** Adds every particle with its share of the mean weight. */
  private static void collect(Run run, ParticleSystem system, LeafSample leaves, int systems) {
    double logSize = Math.log(system.size());
    for (int i = 0; i < system.size(); i++) {
      boolean alive = system.logWeight(i) > Double.NEGATIVE_INFINITY;
      leaves.addLog(
          alive ? system.leaf(i) : GenerationTree.NONE,
          system.logWeight(i) - logSize,
          (long) systems * system.size() + system.eve(i));
      if (alive) {
        run.completed(system.leaf(i));
      }
    }
  }
}
