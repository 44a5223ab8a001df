package io.tailwalk.sampling.particle;

import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.SmcParameters;
import io.tailwalk.sampling.frontier.IntervalShare;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sequential Monte Carlo with value twists: particle systems ({@link ParticleSystem}), guided by
 * {@code u(c) = pi(c|v) V(c)} and weighted by {@code S(root)} and then {@code S(v)/V(v)}, until the
 * budget is used. The mean of the systems' mean weights is an unbiased estimate of {@code Z}.
 * Completions are drawn in proportion to weight over all systems: exact in the limit of many
 * systems or particles; from a single system with few particles they are biased, as is every
 * self-normalised estimate. With sampled children every system has its own tree. A budget too small
 * for one system returns no completion.
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
    var proposal = new GuidedProposal(run.explorer());
    var systems = new IndependentSystems(run, proposal);
    if (run.mayBegin() && run.rootIsAlive()) {
      systems.run(
          runs,
          true,
          system -> {
            int root = run.explorer().root(run.enumerates() ? 0 : system);
            return ParticleSystem.free(run, proposal, parameters, run.chooser(system), root);
          });
    }
    return systems.result();
  }
}
