package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.estimate.Estimate;
import io.tailwalk.sampling.estimate.Intervals;
import io.tailwalk.sampling.estimate.RewardMean;
import io.tailwalk.sampling.independent.ActionImportanceSampler;
import io.tailwalk.sampling.independent.BaseGrowth;
import io.tailwalk.sampling.independent.Growth;
import io.tailwalk.sampling.independent.GuidedGrowth;
import io.tailwalk.sampling.independent.IndependentDraws;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Independent responses on the tree that the pilot has begun, each with a weight W for which {@code
 * E[W 1{l}] = pi(l) tau(l)}. The pilot's leaves have the same property, times its number of
 * particles, so that the sample takes in both; the success probability is read from the draws
 * alone, whose interval is known.
 *
 * @param draws the responses
 * @param guided whether they were guided by the value, or drawn from the model
 * @param exhausted whether they ended because they brought nothing new
 */
record WeightedDraws(IndependentDraws draws, boolean guided, boolean exhausted) {
  private static final int PARALLEL = 16;

  /** Past the streams of particle runs. */
  private static final long FIRST_STREAM = 1L << 32;

  /** Batches in a row without a new node after which descents have seen what there is. */
  private static final int IDLE_BATCHES = 8;

  /**
   * Descents as {@link ActionImportanceSampler} makes them, until the budget is used, or so many in
   * a row bring nothing new that the tree is better read off by those who look for what is missing.
   */
  static WeightedDraws descents(Run run) {
    GenerationTree tree = run.explorer().tree();
    var draws =
        begin(
            run,
            new GuidedGrowth(run.explorer()),
            (leaf, _) -> ActionImportanceSampler.logWeight(tree, leaf));
    return new WeightedDraws(draws, true, draws.drawWhileNew(IDLE_BATCHES));
  }

  /** Draws from the model, weighted by their rewards, until the budget is used. */
  static WeightedDraws plain(Run run) {
    var draws =
        begin(run, new BaseGrowth(run.explorer()), (leaf, _) -> run.explorer().logValue(leaf));
    draws.draw(Integer.MAX_VALUE);
    return new WeightedDraws(draws, false, false);
  }

  private static IndependentDraws begin(Run run, Growth growth, IndependentDraws.Judge judge) {
    return new IndependentDraws(run, growth, judge, PARALLEL, FIRST_STREAM);
  }

  Sampling result(Run run, RepeatedRuns pilot) {
    LeafSample all = pilot.sample();
    LeafSample drawn = draws.sample();
    for (int i = 0; i < drawn.size(); i++) {
      all.addLog(drawn.leaf(i), drawn.logWeight(i));
    }
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("pilot_particles", (double) pilot.pilotParticles());
    counts.put("drawn", (double) drawn.size());
    counts.put("accepted", (double) draws.accepted());
    counts.put("dead_ends", (double) draws.deadEnds());
    counts.put("cut", (double) draws.cut());
    return run.result(
        all.draws(run.explorer(), run.options().n(), run.options().seed()),
        all.outcomes(run.explorer()),
        successProbability(),
        all.kishSize(),
        counts);
  }

  private Optional<Estimate> successProbability() {
    double[] weights = draws.sample().weights(draws.counted());
    if (!guided) {
      return RewardMean.of(weights);
    }
    return weights.length == 0
        ? Optional.empty()
        : Optional.of(Intervals.positiveMean(weights, true, "mean weight of descents"));
  }
}
