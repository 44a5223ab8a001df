package io.tailwalk.lab.exact;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tailwalk.lab.Measured;

/**
 * The figures of a sampler on a problem whose distributions are known.
 *
 * @param known the problem
 * @param entrant the sampler
 * @param distance total variation to the target over the cells
 * @param regret mean reward of the target minus that of the sampler
 * @param steps mean steps of a run
 * @param nodes mean nodes expanded of a run
 * @param allowed number of standard errors accepted as Monte Carlo error
 */
record KnownResult(
    KnownCase known,
    Entrant entrant,
    Measured distance,
    Measured regret,
    double steps,
    double nodes,
    double allowed) {
  /** A figure with a standard error above this is not accepted. */
  static final double LARGEST_ERROR = 0.01;

  /** The expected total variation: the computed one, or 0. */
  double expectedDistance() {
    return entrant.biased() ? known.actionDistance() : 0;
  }

  /** The expected regret: the computed one, or 0. */
  double expectedRegret() {
    return entrant.biased() ? known.actionRegret() : 0;
  }

  /** Whether the total variation equals the expected one within Monte Carlo error. */
  boolean distanceHolds() {
    return distance.standardError() <= LARGEST_ERROR
        && distance.agreesWith(expectedDistance(), allowed);
  }

  /** Whether the regret equals the expected one within Monte Carlo error. */
  boolean regretHolds() {
    return regret.standardError() <= LARGEST_ERROR && regret.agreesWith(expectedRegret(), allowed);
  }

  /** The result in the JSON of its experiment. */
  record Figures(
      @JsonProperty("case") String name,
      int length,
      String sampler,
      double totalVariation,
      double totalVariationStandardError,
      double totalVariationExpected,
      double regret,
      double regretStandardError,
      double regretExpected,
      double standardErrorsAllowed,
      double stepsMean,
      double nodesMean,
      boolean withinMonteCarloError) {}

  Figures figures() {
    return new Figures(
        known.name(),
        known.length(),
        entrant.label(),
        distance.value(),
        distance.standardError(),
        expectedDistance(),
        regret.value(),
        regret.standardError(),
        expectedRegret(),
        allowed,
        steps,
        nodes,
        distanceHolds() && regretHolds());
  }
}
