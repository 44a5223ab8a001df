package io.tailwalk.sampling.independent;

import io.tailwalk.core.model.Capability;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.sampling.LeafSample;
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
 * Outcome-level rejection (OutcomeLevelRS of arXiv 2510.03149, Algorithm 6): complete draws from
 * the model, each accepted with probability {@code tau / tau_max}, until n are accepted. Exact:
 * accepted completions are i.i.d. from {@code pi*}, because density {@code pi} times the acceptance
 * probability is proportional to {@code pi tau}. The cost is {@code tau_max / Z} draws per accepted
 * completion.
 *
 * @param tauMax an upper bound of the reward; a larger reward in a run is an error; NaN for the
 *     bound that the verifier declares, or 1 if it declares none
 * @param parallel number of parallel draws, one model batch per token
 */
public record OutcomeRejectionSampler(double tauMax, int parallel) implements Sampler {
  private static final double ROUNDING = 1e-9;

  /** Refuses bounds that are not positive numbers and sizes below 1. */
  public OutcomeRejectionSampler {
    if (!Double.isNaN(tauMax) && !(tauMax > 0 && tauMax < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("tau_max must be a positive number, got " + tauMax);
    }
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel must be at least 1, got " + parallel);
    }
  }

  @Override
  public String name() {
    return "outcome-rejection";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    if (!Double.isNaN(tauMax)) {
      params.put("tau_max", tauMax);
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
    return TargetDistribution.EXACT;
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
            (leaf, chooser) -> accept(run.explorer(), leaf, chooser),
            parallel);
    draws.acceptSome(options.enough());
    return run.result(
        draws.sample().first(run.explorer(), options.n()),
        draws.sample().outcomes(run.explorer()),
        new Closing(run, evidence(run, draws)),
        draws.accepted(),
        Map.of(
            "drawn", (double) draws.sample().size(),
            "accepted", (double) draws.accepted(),
            "cut", (double) draws.cut()));
  }

  private Evidence evidence(Run run, IndependentDraws draws) {
    LeafSample drawn = draws.sample();
    double[] rewards = new double[drawn.size()];
    int accepted = 0;
    int counted = 0;
    for (int i = 0; i < rewards.length; i++) {
      rewards[i] = Math.exp(run.explorer().logValue(drawn.leaf(i)));
      if (i < draws.counted() && accepted < run.options().enough()) {
        accepted += drawn.logWeight(i) > Double.NEGATIVE_INFINITY ? 1 : 0;
        counted++;
      }
    }
    Evidence evidence =
        PlainDraws.of(
            run.explorer().spec().verifier(), rewards, draws.counted(), PlainDraws.Count.CUT);
    if (counted > 0) {
      PlainDraws.estimateByAcceptance(
          evidence, accepted, counted, run.options().enough(), bound(run.explorer()));
    }
    return evidence;
  }

  /** The bound that applies to a run. */
  private double bound(Explorer explorer) {
    return Math.exp(logBound(explorer));
  }

  private double logBound(Explorer explorer) {
    double declared = explorer.spec().verifier().logRewardBound();
    return Double.isNaN(tauMax)
        ? declared == Double.POSITIVE_INFINITY ? 0 : declared
        : Math.log(tauMax);
  }

  /** Zero (log 1) if accepted, else {@code -inf}. */
  double accept(Explorer explorer, int leaf, Chooser chooser) {
    double logTau = explorer.logValue(leaf);
    double logBound = logBound(explorer);
    if (logTau > logBound + ROUNDING) {
      throw new VerifierException(
          "the verifier "
              + explorer.spec().verifier().name()
              + " gave a reward of "
              + Math.exp(logTau)
              + ", above tau_max = "
              + Math.exp(logBound)
              + "; set tau_max of outcome-rejection to a bound that no reward exceeds");
    }
    // The logarithm of the quotient, because both may be smaller than any double.
    double share =
        logTau == Double.NEGATIVE_INFINITY ? 0 : Math.min(1, Math.exp(logTau - logBound));
    return chooser.bernoulli(share) ? 0 : Double.NEGATIVE_INFINITY;
  }
}
