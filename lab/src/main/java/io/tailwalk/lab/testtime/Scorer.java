package io.tailwalk.lab.testtime;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.coverage.LogRatio;
import io.tailwalk.train.linear.DataSource;
import io.tailwalk.train.linear.DistributionPair;
import io.tailwalk.train.linear.Enumeration;
import io.tailwalk.train.linear.ExactCoverage;
import io.tailwalk.train.linear.LinearProblem;
import io.tailwalk.train.linear.Sequence;
import io.tailwalk.train.linear.SequenceDistribution;

/**
 * Scores distributions. Linear models are scored exactly. Distributions that train while they
 * decode are scored by enumerating every response if responses are short, otherwise on responses
 * drawn from the data distribution, the same number for every prompt.
 */
final class Scorer {
  private static final int SHORT = 10;

  private final LinearProblem problem;
  private final ExactCoverage exact;
  private final double level;
  private final int draws;

  Scorer(LinearProblem problem, double level, int draws) {
    this.problem = problem;
    this.exact = new ExactCoverage(problem);
    this.level = level;
    this.draws = draws;
  }

  /** Whether all scores are exact. */
  boolean isExact() {
    return problem.features().horizon() <= SHORT;
  }

  /** The exact score of a linear model. */
  Score model(double[] theta) {
    return of(exact.pair(theta));
  }

  private Score of(DistributionPair pair) {
    return new Score(pair.coverage(level), 0, pair.kl());
  }

  /**
   * The score of any distribution.
   *
   * @param key key of the randomness of drawn responses
   */
  Score distribution(SequenceDistribution distribution, long key) {
    return isExact() ? of(Enumeration.pair(problem, distribution)) : drawn(distribution, key);
  }

  /**
   * The score from drawn responses. The standard error adds one success and one failure for each
   * prompt, so that it is not 0 if no draw is uncovered.
   */
  Score drawn(SequenceDistribution distribution, long key) {
    double coverage = 0;
    double variance = 0;
    double kl = 0;
    double threshold = Math.log(level);
    for (int prompt = 0; prompt < problem.features().prompts(); prompt++) {
      var data = new DataSource(problem, new RandomChooser(Streams.of(key, prompt)));
      double weight = problem.promptWeight(prompt);
      int uncovered = 0;
      for (int i = 0; i < draws; i++) {
        Sequence sequence = data.drawFor(prompt);
        double ratio =
            problem.truth().logProb(prompt, sequence.tokens())
                - distribution.logProb(prompt, sequence.tokens());
        uncovered += LogRatio.reaches(ratio, 0, threshold) ? 1 : 0;
        kl += weight * ratio / draws;
      }
      double share = (uncovered + 1.0) / (draws + 2.0);
      coverage += weight * uncovered / draws;
      variance += weight * weight * share * (1 - share) / draws;
    }
    return new Score(coverage, Math.sqrt(variance), kl);
  }
}
