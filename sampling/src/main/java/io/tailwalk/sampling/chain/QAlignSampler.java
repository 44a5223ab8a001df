package io.tailwalk.sampling.chain;

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
import io.tailwalk.sampling.frontier.IntervalShare;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * QAlign (arXiv 2504.03790): Metropolis-Hastings over complete responses. A move cuts the response
 * at a uniformly drawn position, draws the rest from the model again, and accepts the new response
 * with probability {@code min(1, tau(y') |y| / (tau(y) |y'|))}; the lengths correct for the number
 * of positions. This leaves {@code pi*} invariant: given the position, the model's probabilities of
 * the two suffixes cancel. The value of prefixes is not used. Exact in the limit of many moves.
 *
 * <p>Until a chain has found a response with a reward, it accepts every proposal and counts
 * nothing. There is no burn-in after that, and there are several chains, which make one model batch
 * a token. Of the paper, the abstract and summaries were read: redrawn suffixes,
 * Metropolis-Hastings, the target {@code pi exp(r / beta)}; the acceptance is derived here, and
 * tested against exact distributions.
 *
 * @param chains number of chains, 1 to 65,536
 * @param moves limit on the moves of each chain; {@link Integer#MAX_VALUE} for none
 * @param intervalShare part of the budget for the interval of the success probability, in [0, 1)
 */
public record QAlignSampler(int chains, int moves, double intervalShare) implements Sampler {
  /** All chains move at a time, so that more would not fit in memory. */
  private static final int MOST_CHAINS = 1 << 16;

  /** Number of chains by default. */
  public static final int CHAINS = 16;

  /** Refuses sizes below 1 and shares out of range. */
  public QAlignSampler {
    Least.require("chains", chains, 1);
    if (chains > MOST_CHAINS) {
      throw new IllegalArgumentException(
          "chains must be at most " + MOST_CHAINS + ", got " + chains);
    }
    Least.require("moves", moves, 1);
    IntervalShare.require(intervalShare);
  }

  @Override
  public String name() {
    return "qalign";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("chains", chains);
    if (moves < Integer.MAX_VALUE) {
      params.put("moves", moves);
    }
    params.put("interval_share", intervalShare);
    return params;
  }

  @Override
  public boolean follows(ExpansionRule rule) {
    return false;
  }

  @Override
  public TargetDistribution targetDistribution() {
    return TargetDistribution.EXACT_IN_THE_LIMIT;
  }

  /** A model that draws itself begins every chain with one request for a complete response. */
  private int affordable(Run run) {
    long paid = run.budget().modelTokens() / run.explorer().spec().maxTokens();
    return run.explorer().modelDraws() ? Math.clamp(paid, 1, chains) : chains;
  }

  @Override
  public Sampling run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
    var run = new Run(problem, options, listener, intervalShare);
    var all = new SuffixChains(run, affordable(run), SuffixChains.Acceptance.CORRECTED);
    for (int made = 0; made <= moves && run.mayBegin() && all.move(); made++) {}
    var closing = new Closing(run, new Evidence());
    closing.spendRest();
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("moves", (double) all.moves());
    counts.put("accepted", (double) all.accepted());
    return run.result(
        all.visited().draws(run.explorer(), options.n(), options.seed()),
        all.visited().outcomes(run.explorer()),
        closing,
        all.effectiveSize(),
        counts);
  }
}
