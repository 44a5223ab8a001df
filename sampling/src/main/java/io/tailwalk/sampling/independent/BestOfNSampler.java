package io.tailwalk.sampling.independent;

import io.tailwalk.core.model.Capability;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Least;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.sampling.estimate.PlainDraws;
import io.tailwalk.sampling.frontier.Closing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Best-of-N: draws N completions from the base model and returns the n with the highest reward,
 * first drawn first among equals; rejected ones are never returned. With a pass/fail verifier the
 * passing draws are i.i.d. from {@code pi*}; with graded rewards the maximum is biased towards high
 * reward.
 *
 * @param candidates N; {@link Integer#MAX_VALUE} draws until the budget is used
 * @param parallel number of parallel draws, one model batch per token
 */
public record BestOfNSampler(int candidates, int parallel) implements Sampler {
  /** Refuses sizes below 1. */
  public BestOfNSampler {
    Least.require("candidates", candidates, 1);
    Least.require("parallel", parallel, 1);
  }

  @Override
  public String name() {
    return "best-of-n";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    if (candidates < Integer.MAX_VALUE) {
      params.put("candidates", candidates);
    }
    params.put("parallel", parallel);
    return params;
  }

  @Override
  public boolean follows(ExpansionRule rule) {
    return false;
  }

  @Override
  public TargetDistribution targetDistribution() {
    return TargetDistribution.BIASED;
  }

  @Override
  public Set<Capability> needs(ExpansionRule rule) {
    return Sampler.needsOfPlainDraws(rule);
  }

  @Override
  public Sampling run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
    var run = new Run(problem, options, listener);
    var draws =
        new IndependentDraws(
            run,
            new BaseGrowth(run.explorer()),
            (leaf, _) -> run.explorer().logValue(leaf),
            parallel);
    draws.draw(candidates);
    LeafSample drawn = draws.sample();
    Evidence evidence =
        PlainDraws.of(
            problem.verifier(),
            drawn.weights(drawn.size()),
            draws.counted(),
            draws.numberBy(candidates));
    return run.result(
        drawn.heaviest(run.explorer(), options.n()),
        drawn.outcomes(run.explorer()),
        new Closing(run, evidence),
        drawn.kishSize(),
        Map.of(
            "drawn", (double) drawn.size(),
            "accepted", (double) draws.accepted(),
            "cut", (double) draws.cut()));
  }
}
