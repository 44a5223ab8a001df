package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.estimate.Estimate;
import io.tailwalk.sampling.estimate.Intervals;
import io.tailwalk.sampling.independent.ActionImportanceSampler;
import io.tailwalk.sampling.independent.GuidedGrowth;
import io.tailwalk.sampling.independent.IndependentDraws;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Descents as {@link ActionImportanceSampler} makes them, on the tree that the pilot has begun to
 * expand; until the budget is used, or so many in a row bring nothing new that the tree is better
 * read off by those who look for what is missing.
 *
 * @param draws the descents
 * @param exhausted whether they ended because they brought nothing new
 */
record GuidedDescents(IndependentDraws draws, boolean exhausted) {
  private static final int PARALLEL = 16;

  /** Past the streams of particle runs. */
  private static final long FIRST_STREAM = 1L << 32;

  /** Batches in a row without a new node after which descents have seen what there is. */
  private static final int IDLE_BATCHES = 8;

  static GuidedDescents of(Run run) {
    GenerationTree tree = run.explorer().tree();
    var draws =
        new IndependentDraws(
            run,
            new GuidedGrowth(run.explorer()),
            (leaf, _) -> ActionImportanceSampler.logWeight(tree, leaf),
            PARALLEL,
            FIRST_STREAM);
    return new GuidedDescents(draws, draws.drawWhileNew(IDLE_BATCHES));
  }

  Sampling result(Run run, int pilotParticles, String reason) {
    LeafSample drawn = draws.sample();
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("pilot_particles", (double) pilotParticles);
    counts.put("drawn", (double) drawn.size());
    counts.put("accepted", (double) draws.accepted());
    counts.put("dead_ends", (double) draws.deadEnds());
    return run.result(
            drawn.draws(run.explorer(), run.options().n(), run.options().seed()),
            drawn.outcomes(run.explorer()),
            successMass(),
            drawn.kishSize(),
            counts)
        .withNotes(List.of(reason));
  }

  private Optional<Estimate> successMass() {
    int counted = draws.counted();
    return counted == 0
        ? Optional.empty()
        : Optional.of(
            Intervals.positiveMean(
                draws.sample().weights(counted), true, "mean weight of descents"));
  }
}
