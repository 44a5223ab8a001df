package io.tailwalk.sampling.block;

import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.sampling.Least;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.sampling.frontier.Closing;
import io.tailwalk.sampling.independent.IndependentDraws;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Block samplers (baselines of arXiv 2510.03149): at each stage draw {@code candidates} blocks of
 * {@code block_length} tokens from the model, keep one by its value, and continue from it without
 * backtracking.
 *
 * <p>{@code block-best-of-n} keeps the highest value: biased, towards high values at every stage.
 * {@code block-rejection} draws one in proportion to value, or by the {@linkplain UniformRace
 * uniform race}: biased as well, since among finitely many candidates the weights are normalised by
 * their own sum, and because stages are not weighted against each other if the value is not exact.
 * With exact values block rejection tends to {@code pi*} as candidates grow.
 *
 * @param name block-best-of-n or block-rejection
 * @param blockLength tokens, at least 1; a block ends early at the end of the response
 * @param candidates blocks drawn at each stage, at least 1
 * @param choice the choice of the kept candidate
 * @param parallel responses that grow at the same time
 */
public record BlockSampler(
    String name, int blockLength, int candidates, BlockChoice choice, int parallel)
    implements Sampler {
  /** Refuses sizes below 1. */
  public BlockSampler {
    Least.require("block_length", blockLength, 1);
    Least.require("candidates", candidates, 1);
    Least.require("parallel", parallel, 1);
  }

  /** The sampler that keeps the highest value. */
  public static BlockSampler bestOfN(int blockLength, int candidates, int parallel) {
    return new BlockSampler("block-best-of-n", blockLength, candidates, BlockChoice.BEST, parallel);
  }

  /** The sampler that keeps a block at random by its value. */
  public static BlockSampler rejection(
      int blockLength, int candidates, BlockChoice choice, int parallel) {
    return new BlockSampler("block-rejection", blockLength, candidates, choice, parallel);
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("block_length", blockLength);
    params.put("candidates", candidates);
    if (choice != BlockChoice.BEST) {
      params.put("choice", choice.wireName());
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
  public Sampling run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
    var run = new Run(problem, options, listener);
    var growth = new BlockGrowth(run.explorer(), blockLength, candidates, choice);
    var draws = new IndependentDraws(run, growth, (_, _) -> 0.0, parallel);
    draws.accept(options.enough());
    if (draws.accepted() == 0 && draws.deadEnds() > 0) {
      run.noneSurvived();
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
