package io.tailwalk.lab.testtime;

import java.util.List;

/**
 * How well a distribution covers the data's.
 *
 * @param coverage Cov_N
 * @param standardError of that, from drawing responses; 0 where they were all written down
 * @param kl nats
 */
record Score(double coverage, double standardError, double kl) {

  /** Mean of independent scores. */
  static Score mean(List<Score> scores) {
    double coverage = 0;
    double variance = 0;
    double kl = 0;
    int count = scores.size();
    for (Score score : scores) {
      coverage += score.coverage / count;
      variance += score.standardError * score.standardError / count / count;
      kl += score.kl / count;
    }
    return new Score(coverage, Math.sqrt(variance), kl);
  }

  /** Two standard errors up. */
  double upper() {
    return coverage + 2 * standardError;
  }
}
