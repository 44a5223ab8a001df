package io.tailwalk.sampling.independent;

import io.tailwalk.core.model.Capability;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.estimate.PlainDraws;
import io.tailwalk.sampling.frontier.Closing;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Ancestral sampling: n completions from the base model itself, token by token. Rewards are
 * recorded and nothing is filtered. Exact for {@code pi}, so biased for {@code pi*} unless the
 * reward is constant.
 *
 * @param parallel number of parallel draws, one model batch per token
 */
public record AncestralSampler(int parallel) implements Sampler {
  /** Refuses sizes below 1. */
  public AncestralSampler {
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel must be at least 1, got " + parallel);
    }
  }

  @Override
  public String name() {
    return "ancestral";
  }

  @Override
  public Map<String, Object> params() {
    return Map.of("parallel", parallel);
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
    var draws = new IndependentDraws(run, new BaseGrowth(run.explorer()), (_, _) -> 0.0, parallel);
    draws.draw(options.enough());
    LeafSample drawn = draws.sample();
    double[] rewards = rewards(run, draws);
    double passed = java.util.Arrays.stream(rewards).filter(tau -> tau > 0).count();
    return run.result(
        drawn.first(run.explorer(), options.n()),
        drawn.outcomes(run.explorer()),
        new Closing(
            run,
            PlainDraws.of(
                problem.verifier(), rewards, draws.counted(), draws.numberBy(options.enough()))),
        drawn.size(),
        Map.of("drawn", (double) drawn.size(), "accepted", passed, "cut", (double) draws.cut()));
  }

  private static double[] rewards(Run run, IndependentDraws draws) {
    LeafSample drawn = draws.sample();
    return IntStream.range(0, drawn.size())
        .mapToDouble(i -> Math.exp(run.explorer().logValue(drawn.leaf(i))))
        .toArray();
  }
}
