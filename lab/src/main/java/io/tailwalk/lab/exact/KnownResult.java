package io.tailwalk.lab.exact;

import io.tailwalk.lab.Measured;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("case", known.name()).put("length", known.length());
    json.put("sampler", entrant.label());
    distance.into(json, "total_variation");
    json.put("total_variation_expected", expectedDistance());
    regret.into(json, "regret");
    json.put("regret_expected", expectedRegret());
    json.put("standard_errors_allowed", allowed);
    json.put("steps_mean", steps).put("nodes_mean", nodes);
    json.put("within_monte_carlo_error", distanceHolds() && regretHolds());
    return json;
  }
}
