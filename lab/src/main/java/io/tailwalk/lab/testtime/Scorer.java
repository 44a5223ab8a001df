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
 * Scores distributions: linear models by counting; distributions that train while they decode by
 * writing every response down where responses are short, else from responses drawn from the data's
 * distribution, the same number for every prompt.
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

  /** Of a linear model; exact. */
  Score model(double[] theta) {
    return of(exact.pair(theta));
  }

  private Score of(DistributionPair pair) {
    return new Score(pair.coverage(level), 0, pair.kl());
  }

  /**
   * Of any distribution.
   *
   * @param key of the randomness of drawn responses
   */
  Score distribution(SequenceDistribution distribution, long key) {
    return isExact() ? of(Enumeration.pair(problem, distribution)) : drawn(distribution, key);
  }

  /**
   * By drawing. The standard error counts one success and one failure more for each prompt, so that
   * it is not 0 where no draw was uncovered.
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
