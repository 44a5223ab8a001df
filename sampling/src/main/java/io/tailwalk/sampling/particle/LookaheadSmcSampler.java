package io.tailwalk.sampling.particle;

import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.sampling.Least;
import io.tailwalk.sampling.LookaheadParameters;
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
 * Reward-guided sequential Monte Carlo with lookahead targets and rejuvenation (arXiv 2604.16453):
 * particles draw blocks of tokens from the model; after each block the target is {@code pi(x)
 * L(x)}, L an estimate of the mean reward of x's completions from J responses drawn from x ({@link
 * Lookahead}); the population is resampled when its effective size falls, and every particle makes
 * S Metropolis-Hastings moves that redraw a suffix ({@link SuffixMoves}). The mean weight is an
 * unbiased estimate of {@code Z} for any L that is positive where a reward can follow, since the
 * last L is the reward. Completions are drawn in proportion to weight over all systems: exact in
 * the limit of many. A system that does not fit in the budget returns nothing, and one costs about
 * {@code N (1 + J + S)} responses for each block.
 *
 * <p>Of the paper the abstract was read; that lookahead is estimated by rollouts (J = 2), that
 * blocks are the unit, that S = 2 moves follow resampling, and the numbers of particles rest on
 * secondary sources (a summary, and the notes of a partial implementation, smc_sample of
 * ynishi/algocline-bundled-packages). Departures: the potentials of prefixes telescope to the
 * reward of the complete response, with the value in their place; the value counts as one more
 * response in L, since J responses without a reward would end a prefix that has some; moves are
 * made after every block and by every particle, where the paper is said to move duplicates of low
 * reward after resampling only (moves of duplicates only are biased, see the test); weights and
 * moves have the same target. The acceptance and the statements above are derived here.
 *
 * @param parameters of the particles
 * @param lookahead of the blocks, the rollouts and the moves
 * @param runs limit on systems; {@link Integer#MAX_VALUE} for none
 * @param intervalShare part of the budget for the interval of the success probability, in [0, 1)
 */
public record LookaheadSmcSampler(
    SmcParameters parameters, LookaheadParameters lookahead, int runs, double intervalShare)
    implements Sampler {
  /** Refuses fewer than one system, and shares out of range. */
  public LookaheadSmcSampler {
    Least.require("runs", runs, 1);
    IntervalShare.require(intervalShare);
  }

  @Override
  public String name() {
    return "smc-lookahead";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("particles", parameters.particles());
    params.put("ess_threshold", parameters.essThreshold());
    params.put("resampling", parameters.resampling().wireName());
    params.put("block_length", lookahead.blockLength());
    params.put("rollouts", lookahead.rollouts());
    params.put("moves", lookahead.moves());
    if (runs < Integer.MAX_VALUE) {
      params.put("runs", runs);
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

  @Override
  public Sampling run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
    var run = new Run(problem, options, listener, intervalShare);
    var ahead = new Lookahead(run, lookahead.rollouts());
    int length = lookahead.blockLength();
    var proposal = new LookaheadProposal(new ModelProposal(run.explorer(), length), ahead);
    Rejuvenation moves =
        lookahead.moves() == 0
            ? Rejuvenation.NONE
            : new SuffixMoves(
                run, ahead, length, lookahead.moves(), SuffixMoves.Acceptance.BY_LOOKAHEAD);
    var systems = new IndependentSystems(run, proposal);
    systems.run(
        runs,
        false,
        system ->
            ParticleSystem.free(
                run, proposal, parameters, run.chooser(system), run.explorer().root(0), moves));
    return systems.result();
  }
}
