package io.tailwalk.sampling;

import io.tailwalk.sampling.adaptive.AutoSampler;
import io.tailwalk.sampling.block.BlockChoice;
import io.tailwalk.sampling.block.BlockSampler;
import io.tailwalk.sampling.chain.QAlignSampler;
import io.tailwalk.sampling.frontier.IntervalShare;
import io.tailwalk.sampling.independent.ActionImportanceSampler;
import io.tailwalk.sampling.independent.ActionRejectionSampler;
import io.tailwalk.sampling.independent.AncestralSampler;
import io.tailwalk.sampling.independent.BestOfNSampler;
import io.tailwalk.sampling.independent.OutcomeRejectionSampler;
import io.tailwalk.sampling.particle.LookaheadSmcSampler;
import io.tailwalk.sampling.particle.ParticleGibbsSampler;
import io.tailwalk.sampling.particle.SmcSampler;
import io.tailwalk.sampling.search.BeamSampler;
import io.tailwalk.sampling.search.TokenwiseBacktrackingSampler;
import io.tailwalk.sampling.walk.FixedTimeSampler;
import io.tailwalk.sampling.walk.MomentumKernel;
import io.tailwalk.sampling.walk.TourEnd;
import io.tailwalk.sampling.walk.VgbKernel;
import io.tailwalk.sampling.walk.WalkParameters;
import io.tailwalk.sampling.walk.WalkSampler;
import java.util.List;
import java.util.Map;

/**
 * The samplers, by typed factories and by name. A factory without arguments has the defaults of the
 * name; every factory refuses values out of range by an {@link IllegalArgumentException}.
 */
public final class Samplers {
  /** The default sampler; docs/samplers.md has the measurements behind the choice. */
  public static final String DEFAULT = "auto";

  /** As a number of candidates, runs or iterations: as many as the budget allows. */
  public static final int NO_LIMIT = Integer.MAX_VALUE;

  /** As a bound on the reward: the verifier's own bound. */
  public static final double BOUND_OF_VERIFIER = Double.NaN;

  static final int PARALLEL = 16;
  static final int BLOCK_LENGTH = 4;
  static final int BLOCK_CANDIDATES = 8;
  static final int BEAM_WIDTH = 4;
  static final int BACKTRACK_QUOTA = 4;
  static final int BACKTRACK_STRIDE = 4;
  static final int FIXED_TIME_STEPS = 10_000;
  static final double CHI = 1.0;

  private Samplers() {}

  /** All names, sorted. */
  public static List<String> names() {
    return NamedSamplers.names();
  }

  /**
   * A sampler by name.
   *
   * @param parameters by the names that {@link Sampler#params} reports; missing parameters have
   *     their defaults
   * @throws IllegalArgumentException if the name or a parameter is unknown, or a value is out of
   *     range
   */
  public static Sampler create(String name, Map<String, String> parameters) {
    return NamedSamplers.create(name, parameters);
  }

  /** {@code auto}, the default: a pilot, then the method that suits the problem. */
  public static Sampler auto() {
    return auto(AutoSampler.PILOT, AutoSampler.PARTICLES, AutoSampler.INTERVAL_SHARE);
  }

  /**
   * {@code auto}.
   *
   * @param pilot share of the budget for the pilot, in (0, 0.5]
   * @param particles the maximal number of particles of a run, at least 2
   * @param intervalShare part of the budget for the interval of the success probability, in [0, 1)
   */
  public static Sampler auto(double pilot, int particles, double intervalShare) {
    return new AutoSampler(pilot, particles, intervalShare);
  }

  /** {@code ancestral}: draws of the model itself, nothing filtered. */
  public static Sampler ancestral() {
    return ancestral(PARALLEL);
  }

  /** {@code ancestral} with a number of draws at a time. */
  public static Sampler ancestral(int parallel) {
    return new AncestralSampler(parallel);
  }

  /** {@code best-of-n} with as many draws as the budget allows. */
  public static Sampler bestOfN() {
    return bestOfN(NO_LIMIT);
  }

  /** {@code best-of-n}: the best of so many complete draws of the model. */
  public static Sampler bestOfN(int candidates) {
    return bestOfN(candidates, PARALLEL);
  }

  /** {@code best-of-n} with a number of draws at a time. */
  public static Sampler bestOfN(int candidates, int parallel) {
    return new BestOfNSampler(candidates, parallel);
  }

  /** {@code outcome-rejection} with the verifier's own bound on the reward. */
  public static Sampler outcomeRejection() {
    return outcomeRejection(BOUND_OF_VERIFIER, PARALLEL);
  }

  /**
   * {@code outcome-rejection}: complete draws of the model, accepted in proportion to the reward.
   *
   * @param tauMax a bound on the reward; {@link #BOUND_OF_VERIFIER} for the verifier's own
   * @param parallel draws at a time
   */
  public static Sampler outcomeRejection(double tauMax, int parallel) {
    return new OutcomeRejectionSampler(tauMax, parallel);
  }

  /** {@code action-rejection}: descents guided by the value, not weighted. */
  public static Sampler actionRejection() {
    return actionRejection(PARALLEL);
  }

  /** {@code action-rejection} with a number of descents at a time. */
  public static Sampler actionRejection(int parallel) {
    return new ActionRejectionSampler(parallel);
  }

  /** {@code action-importance} with as many descents as the budget allows. */
  public static Sampler actionImportance() {
    return actionImportance(NO_LIMIT, PARALLEL, IntervalShare.DEFAULT);
  }

  /**
   * {@code action-importance}: descents guided by the value, weighted to correct their bias.
   *
   * @param candidates limit on descents; {@link #NO_LIMIT} for none
   * @param parallel descents at a time
   * @param intervalShare part of the budget for the interval of the success probability, in [0, 1)
   */
  public static Sampler actionImportance(int candidates, int parallel, double intervalShare) {
    return new ActionImportanceSampler(candidates, parallel, intervalShare);
  }

  /** {@code block-best-of-n} with 8 candidates of 4 tokens. */
  public static Sampler blockBestOfN() {
    return blockBestOfN(BLOCK_LENGTH, BLOCK_CANDIDATES, PARALLEL);
  }

  /** {@code block-best-of-n}: block by block, the candidate of the highest value is kept. */
  public static Sampler blockBestOfN(int blockLength, int candidates, int parallel) {
    return BlockSampler.bestOfN(blockLength, candidates, parallel);
  }

  /** {@code block-rejection} with 8 candidates of 4 tokens. */
  public static Sampler blockRejection() {
    return blockRejection(BLOCK_LENGTH, BLOCK_CANDIDATES, PARALLEL);
  }

  /** {@code block-rejection}: block by block, a candidate is kept in proportion to its value. */
  public static Sampler blockRejection(int blockLength, int candidates, int parallel) {
    return BlockSampler.rejection(blockLength, candidates, BlockChoice.PROPORTIONAL, parallel);
  }

  /**
   * {@code block-rejection} with {@code choice=race}: the largest value over a uniform number is
   * kept.
   */
  public static Sampler blockRejectionByRace(int blockLength, int candidates, int parallel) {
    return BlockSampler.rejection(blockLength, candidates, BlockChoice.RACE, parallel);
  }

  /** {@code beam} of width 4. */
  public static Sampler beam() {
    return beam(BEAM_WIDTH);
  }

  /** {@code beam}: beam search by probability times value. */
  public static Sampler beam(int width) {
    return new BeamSampler(width);
  }

  /** {@code tokenwise-backtracking} that takes back 4 tokens, at most 4 times a response. */
  public static Sampler tokenwiseBacktracking() {
    return tokenwiseBacktracking(BACKTRACK_QUOTA, BACKTRACK_STRIDE, 0, true, PARALLEL);
  }

  /**
   * {@code tokenwise-backtracking}: takes tokens back if the value says no.
   *
   * @param quota maximal number of erased errors per response, at least 0
   * @param stride tokens erased each time, at least 1
   * @param valueThreshold values up to this threshold are errors
   * @param redoWithArgmax whether the erased tokens are regenerated deterministically
   * @param parallel responses at a time
   */
  public static Sampler tokenwiseBacktracking(
      int quota, int stride, double valueThreshold, boolean redoWithArgmax, int parallel) {
    return new TokenwiseBacktrackingSampler(
        quota, stride, valueThreshold, redoWithArgmax, parallel);
  }

  /** {@code smc} with 16 particles. */
  public static Sampler smc() {
    return smc(SmcParameters.DEFAULT.particles());
  }

  /** {@code smc}: sequential Monte Carlo guided by the value. */
  public static Sampler smc(int particles) {
    SmcParameters defaults = SmcParameters.DEFAULT;
    var parameters = new SmcParameters(particles, defaults.essThreshold(), defaults.resampling());
    return smc(parameters, NO_LIMIT, IntervalShare.DEFAULT);
  }

  /**
   * {@code smc}.
   *
   * @param parameters of the particles
   * @param runs limit on particle systems; {@link #NO_LIMIT} for none
   * @param intervalShare part of the budget for the interval of the success probability, in [0, 1)
   */
  public static Sampler smc(SmcParameters parameters, int runs, double intervalShare) {
    return new SmcSampler(parameters, runs, intervalShare);
  }

  /** {@code smc-lookahead} with 16 particles. */
  public static Sampler smcLookahead() {
    return smcLookahead(
        SmcParameters.DEFAULT, LookaheadParameters.DEFAULT, NO_LIMIT, IntervalShare.DEFAULT);
  }

  /**
   * {@code smc-lookahead}: sequential Monte Carlo whose targets look ahead by rollouts, with
   * Metropolis-Hastings moves (arXiv 2604.16453).
   *
   * @param parameters of the particles
   * @param lookahead of the blocks, the rollouts and the moves
   * @param runs limit on particle systems; {@link #NO_LIMIT} for none
   * @param intervalShare part of the budget for the interval of the success probability, in [0, 1)
   */
  public static Sampler smcLookahead(
      SmcParameters parameters, LookaheadParameters lookahead, int runs, double intervalShare) {
    return new LookaheadSmcSampler(parameters, lookahead, runs, intervalShare);
  }

  /** {@code particle-gibbs} with 16 particles. */
  public static Sampler particleGibbs() {
    return particleGibbs(SmcParameters.DEFAULT.particles());
  }

  /** {@code particle-gibbs}: conditional sequential Monte Carlo, iterated. */
  public static Sampler particleGibbs(int particles) {
    double threshold = SmcParameters.DEFAULT.essThreshold();
    return particleGibbs(particles, threshold, NO_LIMIT, IntervalShare.DEFAULT);
  }

  /**
   * {@code particle-gibbs}.
   *
   * @param particles number of particles, at least 2
   * @param essThreshold effective share of the particles below which they are resampled, in [0, 1]
   * @param iterations limit on sweeps; {@link #NO_LIMIT} for none
   * @param intervalShare part of the budget for the interval of the success probability, in [0, 1)
   */
  public static Sampler particleGibbs(
      int particles, double essThreshold, int iterations, double intervalShare) {
    var parameters = new SmcParameters(particles, essThreshold, Resampling.MULTINOMIAL);
    return new ParticleGibbsSampler(parameters, iterations, intervalShare);
  }

  /** {@code qalign} with 16 chains. */
  public static Sampler qalign() {
    return qalign(QAlignSampler.CHAINS, NO_LIMIT, IntervalShare.DEFAULT);
  }

  /**
   * {@code qalign}: a chain over complete responses that draws suffixes again (arXiv 2504.03790).
   *
   * @param chains number of chains, at least 1
   * @param moves limit on the moves of each chain; {@link #NO_LIMIT} for none
   * @param intervalShare part of the budget for the interval of the success probability, in [0, 1)
   */
  public static Sampler qalign(int chains, int moves, double intervalShare) {
    return new QAlignSampler(chains, moves, intervalShare);
  }

  /** {@code vgb}: the reversible walk of value-guided backtracking (arXiv 2510.03149). */
  public static Sampler vgb() {
    return vgb(TourEnd.FINISH, WalkParameters.DEFAULT, IntervalShare.DEFAULT);
  }

  /**
   * {@code vgb} as tours from root to root.
   *
   * @param end treatment of active tours when the budget is reached
   * @param walks parameters of the tours
   * @param intervalShare part of the budget for the interval of the success probability, in [0, 1)
   */
  public static Sampler vgb(TourEnd end, WalkParameters walks, double intervalShare) {
    return new WalkSampler("vgb", new VgbKernel(), end, walks, intervalShare);
  }

  /** {@code vgb} as published, with {@code form=fixed-time}: attempts of so many lazy steps. */
  public static Sampler vgbFixedTime(long steps, WalkParameters walks) {
    return new FixedTimeSampler(steps, walks);
  }

  /** {@code vgb-momentum}: a walk down and up the tree that keeps its direction. */
  public static Sampler vgbMomentum() {
    return vgbMomentum(CHI, TourEnd.FINISH, WalkParameters.DEFAULT, IntervalShare.DEFAULT);
  }

  /**
   * {@code vgb-momentum}.
   *
   * @param chi persistence of the direction; see {@link MomentumKernel}
   * @param end treatment of active tours when the budget is reached
   * @param walks parameters of the tours
   * @param intervalShare part of the budget for the interval of the success probability, in [0, 1)
   */
  public static Sampler vgbMomentum(
      double chi, TourEnd end, WalkParameters walks, double intervalShare) {
    return new WalkSampler("vgb-momentum", new MomentumKernel(chi), end, walks, intervalShare);
  }
}
