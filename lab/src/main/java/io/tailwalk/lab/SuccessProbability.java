package io.tailwalk.lab;

import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.sampling.Sampling;
import java.util.Optional;

/** The success probability that a run prints, with its interval. */
public final class SuccessProbability {
  private SuccessProbability() {}

  /** That of a run; empty if its sampler prints none. */
  public static Optional<Estimate> of(Sampling sampling) {
    return sampling
        .successProbability()
        .map(printed ->
            Estimate.of(
                printed.value(),
                Double.NaN,
                printed.level() == 1
                    ? Interval.certain(printed.low(), printed.high())
                    : Interval.asymptotic(printed.low(), printed.high()),
                Interval.NON_NEGATIVE,
                printed.level(),
                printed.unbiased(),
                printed.method()));
  }
}
