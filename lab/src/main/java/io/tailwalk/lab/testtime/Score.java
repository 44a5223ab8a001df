package io.tailwalk.lab.testtime;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Coverage and KL of a distribution against that of the data.
 *
 * @param coverage Cov_N
 * @param standardError standard error of Cov_N from drawing responses; 0 if all were enumerated
 * @param kl KL, nats
 */
record Score(
    double coverage, @JsonProperty("coverage_standard_error") double standardError, double kl) {

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

  /** Coverage plus two standard errors. */
  double upper() {
    return coverage + 2 * standardError;
  }
}
