package io.tailwalk.coverage.tournament;

import io.tailwalk.core.interval.Interval;
import java.util.List;

/**
 * One candidate in a tournament at one N.
 *
 * @param model its name
 * @param against {@code C_N(j||i)} for every j in the order of the candidates, where i is this one
 * @param worst {@code max_j C_N(j||i)} over j other than i
 * @param worstInterval of that maximum; the intervals of all candidates hold simultaneously
 * @param sum of {@code C_N(j||i)} over j other than i, which breaks ties
 * @param crossEntropy mean of {@code -log q}, nats per response
 * @param possible whether it cannot be ruled out as the minimiser
 */
public record Candidate(
    String model,
    List<Double> against,
    double worst,
    Interval worstInterval,
    double sum,
    double crossEntropy,
    boolean possible) {

  /** Copies the list. */
  public Candidate {
    against = List.copyOf(against);
  }

  static Candidate of(
      String model,
      int index,
      List<Double> against,
      Interval worstInterval,
      double crossEntropy,
      boolean possible) {
    double worst = 0;
    double sum = 0;
    for (int j = 0; j < against.size(); j++) {
      if (j != index) {
        worst = Math.max(worst, against.get(j));
        sum += against.get(j);
      }
    }
    return new Candidate(model, against, worst, worstInterval, sum, crossEntropy, possible);
  }
}
