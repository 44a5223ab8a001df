package io.tailwalk.sampling.independent;

import io.tailwalk.core.tree.GenerationTree;
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
import io.tailwalk.sampling.frontier.Closing;
import io.tailwalk.sampling.frontier.IntervalShare;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Action-level rejection, importance-weighted: the same descents, each with a weight that corrects
 * the bias,
 *
 * <p>{@code W = S(root) prod S(v)/V(v)} over the inner nodes v below the root on its path, and 0 at
 * a dead end.
 *
 * <p>A leaf is proposed with probability {@code prod u(c)/S(pa(c)) = pi(l) tau(l) / W}, so {@code
 * E[W 1{l}] = pi(l) tau(l)}: the mean weight is an unbiased estimate of {@code Z}, and completions
 * drawn in proportion to weight have a distribution that tends to {@code pi*} as the number of
 * descents grows. Exact in the limit. Weights spread exponentially in the length when the value is
 * wrong. With sampled children every descent has its own tree, and the same holds over the draw of
 * the tree.
 *
 * @param candidates descents; {@link Integer#MAX_VALUE} continues until the budget is used
 * @param parallel number of parallel descents, one model batch per action
 * @param intervalShare part of the budget for the interval of the success probability, in [0, 1)
 */
public record ActionImportanceSampler(int candidates, int parallel, double intervalShare)
    implements Sampler {
  /** Refuses sizes below 1 and shares out of range. */
  public ActionImportanceSampler {
    Least.require("candidates", candidates, 1);
    Least.require("parallel", parallel, 1);
    IntervalShare.require(intervalShare);
  }

  @Override
  public String name() {
    return "action-importance";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    if (candidates < Integer.MAX_VALUE) {
      params.put("candidates", candidates);
    }
    params.put("parallel", parallel);
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
    GenerationTree tree = run.explorer().tree();
    var draws =
        new IndependentDraws(
            run, new GuidedGrowth(run.explorer()), (leaf, _) -> logWeight(tree, leaf), parallel);
    if (run.rootIsAlive()) {
      draws.draw(candidates);
    }
    LeafSample drawn = draws.sample();
    var closing = new Closing(run, evidence(drawn, draws.counted()));
    closing.spendRest();
    return run.result(
        drawn.draws(run.explorer(), options.n(), options.seed()),
        drawn.outcomes(run.explorer()),
        closing,
        drawn.kishSize(),
        Map.of(
            "drawn", (double) drawn.size(),
            "accepted", (double) draws.accepted(),
            "dead_ends", (double) draws.deadEnds(),
            "cut", (double) draws.cut()));
  }

  private static Evidence evidence(LeafSample drawn, int counted) {
    var evidence = new Evidence();
    double[] weights = drawn.weights(drawn.size());
    for (double weight : weights) {
      evidence.addUnbounded(weight);
    }
    if (counted > 0) {
      double[] first = Arrays.copyOf(weights, counted);
      evidence.estimate(Arrays.stream(first).average().orElse(0), true, "mean weight of descents");
      evidence.replicates(first);
    }
    return evidence;
  }

  /** {@code log W} of a leaf reached by a descent. */
  public static double logWeight(GenerationTree tree, int leaf) {
    double logWeight = 0;
    int node = tree.walkParent(leaf);
    for (; !tree.isRoot(node); node = tree.walkParent(node)) {
      logWeight += tree.logOut(node) - tree.logValue(node);
    }
    return logWeight + tree.logOut(node);
  }
}
