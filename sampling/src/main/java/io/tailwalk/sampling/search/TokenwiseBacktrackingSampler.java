package io.tailwalk.sampling.search;

import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.sampling.Least;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.SamplerNeeds;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.sampling.frontier.Closing;
import io.tailwalk.sampling.independent.IndependentDraws;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tokenwise rejection sampling with backtracking (arXiv 2502.12123). After every token, drawn from
 * the model, the value is evaluated; an error is {@code V <= value_threshold} (at a leaf {@code tau
 * <= value_threshold}). On an error, while the response's quota lasts and unless this prefix was
 * erased before, {@code backtrack_stride} tokens are erased, never into the prompt, and optionally
 * regenerated with the most probable tokens; otherwise generation continues. Completions without
 * reward are not returned.
 *
 * <p>Biased: the value is used only as a threshold, the number of corrections per response is
 * limited, and most probable tokens are not draws. The distribution is defined by the procedure
 * alone.
 *
 * @param backtrackQuota maximal number of erased errors per response, at least 0
 * @param backtrackStride tokens erased each time, at least 1
 * @param valueThreshold values up to this threshold are errors; with 0, only values of zero are
 * @param redoBacktrackWithArgmax whether the erased tokens are regenerated deterministically
 * @param parallel number of parallel responses, one model batch per token
 */
public record TokenwiseBacktrackingSampler(
    int backtrackQuota,
    int backtrackStride,
    double valueThreshold,
    boolean redoBacktrackWithArgmax,
    int parallel)
    implements Sampler {
  /** Refuses negative quotas and thresholds, and sizes below 1. */
  public TokenwiseBacktrackingSampler {
    Least.require("backtrack_quota", backtrackQuota, 0);
    Least.require("backtrack_stride", backtrackStride, 1);
    Least.require("parallel", parallel, 1);
    if (!(valueThreshold >= 0)) {
      throw new IllegalArgumentException(
          "value_threshold must be at least 0, got " + valueThreshold);
    }
  }

  @Override
  public String name() {
    return "tokenwise-backtracking";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("backtrack_quota", backtrackQuota);
    params.put("backtrack_stride", backtrackStride);
    params.put("value_threshold", valueThreshold);
    params.put("redo_backtrack_with_argmax", redoBacktrackWithArgmax);
    params.put("parallel", parallel);
    return params;
  }

  /** The most probable token of a prefix can be read from its distribution only. */
  @Override
  public Set<Capability> needs(ExpansionRule rule) {
    return redoBacktrackWithArgmax ? Set.of(Capability.DISTRIBUTION) : Sampler.super.needs(rule);
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
    SamplerNeeds.missing(this, problem.rule(), problem.context().capabilities())
        .ifPresent(sentence -> {
          throw new ModelException(sentence);
        });
    var run = new Run(problem, options, listener);
    var growth = new BacktrackingGrowth(run.explorer(), this);
    var draws =
        new IndependentDraws(
            run,
            growth,
            (leaf, _) ->
                run.explorer().logValue(leaf) == Double.NEGATIVE_INFINITY
                    ? Double.NEGATIVE_INFINITY
                    : 0.0,
            parallel);
    draws.accept(options.enough());
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("drawn", (double) draws.sample().size());
    counts.put("accepted", (double) draws.accepted());
    counts.put("backtracks", (double) growth.backtracks());
    counts.put("erased_tokens", (double) growth.erasedTokens());
    counts.put("cut", (double) draws.cut());
    return run.result(
        draws.sample().first(run.explorer(), options.n()),
        draws.sample().outcomes(run.explorer()),
        new Closing(run, new Evidence()),
        draws.accepted(),
        counts);
  }
}
