package io.tailwalk.lab.exact;

import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Measured;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Runs every sampler on problems whose distributions are known.
 *
 * @param cases the problems
 * @param runs independent runs of each sampler
 * @param draws draws, tours or particles of a run, by the length H
 * @param descents steps of auto, in straight descents for each draw
 */
record KnownStudy(List<KnownCase> cases, int runs, IntUnaryOperator draws, int descents) {
  /** Keeps a copy. */
  KnownStudy {
    cases = List.copyOf(cases);
  }

  /** Probability that any figure of a study is rejected if all samplers are correct. */
  static final double FALSE_ALARM = 0.01;

  /**
   * Number of standard errors accepted as Monte Carlo error: Student's quantile for two figures per
   * piece at once, by Bonferroni's bound.
   *
   * @param degreesOfFreedom degrees of freedom of the total variation; the regret has more
   */
  private double allowed(int degreesOfFreedom) {
    double each = FALSE_ALARM / (2.0 * pieces());
    return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(each / 2);
  }

  /** Number of pieces of work. */
  int pieces() {
    return cases.size() * Entrant.ofDraws(1, 1, 1).size();
  }

  List<KnownResult> run(ExperimentSettings settings, Watch watch, int total) {
    List<KnownResult> results = new ArrayList<>();
    try (Workers workers = new Workers(settings.threads())) {
      for (KnownCase known : cases) {
        int length = known.length();
        for (Entrant entrant : Entrant.ofDraws(draws.applyAsInt(length), length, descents)) {
          watch.step(results.size(), total, known.name() + ", " + entrant.label());
          long seed = Streams.key(settings.seed(), results.size());
          results.add(result(known, entrant, workers, seed));
        }
      }
    }
    return results;
  }

  private KnownResult result(KnownCase known, Entrant entrant, Workers workers, long seed) {
    List<Entrant.Run> done =
        entrant.runs(workers, known.problem(), known.target().length, known.cellOf(), runs, seed);
    CellDistributions distributions = Entrant.distributions(known.target(), done);
    Measured reward = distributions.mean(known.reward());
    return new KnownResult(
        known,
        entrant,
        distributions.totalVariation(),
        new Measured(known.targetReward() - reward.value(), reward.standardError()),
        Entrant.steps(done),
        Entrant.nodes(done),
        allowed(distributions.degreesOfFreedom()));
  }
}
