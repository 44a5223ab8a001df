package io.tailwalk.values;

import io.tailwalk.core.verify.Candidate;

/**
 * A response drawn from the model, with the verifier's label.
 *
 * @param complete the response
 * @param tau its tilt, finite and at least 0
 */
public record Rollout(Candidate complete, double tau) {
  /** Refuses invalid tilts. */
  public Rollout {
    if (!(tau >= 0) || Double.isInfinite(tau)) {
      throw new IllegalArgumentException("a tilt must be finite and at least 0, got " + tau);
    }
  }
}
