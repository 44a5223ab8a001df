package io.tailwalk.lab;

import io.tailwalk.core.interval.Estimate;
import io.tailwalk.sampling.Sampling;
import java.util.Optional;

/** The success probability that a run prints, with its interval. */
public final class SuccessProbability {
  private SuccessProbability() {}

  /** That of a run; empty if its sampler prints none. */
  public static Optional<Estimate> of(Sampling sampling) {
    return Optional.of(sampling.successProbability());
  }
}
