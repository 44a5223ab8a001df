package io.tailwalk.coverage.passk;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.Interval;
import java.util.Optional;

/**
 * A curve at one k.
 *
 * @param k number of samples
 * @param value mean over prompts
 * @param bias of the value
 * @param interval pointwise, for the mean over the distribution that the prompts were drawn from
 * @param these for the mean over exactly these prompts; empty if only their samples are known
 * @param corrected prompts whose value is corrected to second order for the curvature
 */
public record CurvePoint(
    long k, double value, Bias bias, Interval interval, Optional<Interval> these, int corrected) {

  /** An unbiased point. */
  static CurvePoint counted(long k, double value, Interval interval) {
    return new CurvePoint(k, value, Bias.NONE, interval, Optional.empty(), 0);
  }
}
