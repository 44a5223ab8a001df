package io.tailwalk.sampling.independent;

import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.sampling.frontier.Closing;
import java.util.Map;

/**
 * Action-level rejection (ActionLevelRS of arXiv 2510.03149, Algorithm 7): descends the tree with
 * child {@code c} drawn in proportion to {@code u(c) = pi(c|v) V(c)} and never moves up. With a
 * verifier's verdict on prefixes as the value it is locally constrained decoding. Biased: a leaf
 * has probability {@code prod u(c)/S(v)} along its path, given that no dead end is met, which is
 * {@code pi*} only if {@code V(v) = S(v)}; errors of the value compound with the length.
 *
 * @param parallel number of parallel draws, one model batch per action
 */
public record ActionRejectionSampler(int parallel) implements Sampler {
  /** Refuses sizes below 1. */
  public ActionRejectionSampler {
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel must be at least 1, got " + parallel);
    }
  }

  @Override
  public String name() {
    return "action-rejection";
  }

  @Override
  public Map<String, Object> params() {
    return Map.of("parallel", parallel);
  }

  @Override
  public TargetDistribution targetDistribution() {
    return TargetDistribution.BIASED;
  }

  @Override
  public Sampling run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
    var run = new Run(problem, options, listener);
    var draws =
        new IndependentDraws(run, new GuidedGrowth(run.explorer()), (_, _) -> 0.0, parallel);
    if (run.rootIsAlive()) {
      draws.accept(options.enough());
    }
    return run.result(
        draws.sample().first(run.explorer(), options.n()),
        draws.sample().outcomes(run.explorer()),
        new Closing(run, new Evidence()),
        draws.accepted(),
        Map.of(
            "drawn", (double) draws.sample().size(),
            "accepted", (double) draws.accepted(),
            "dead_ends", (double) draws.deadEnds(),
            "cut", (double) draws.cut()));
  }
}
