package io.tailwalk.coverage.passk;

import io.tailwalk.core.interval.Interval;
import java.util.Optional;

/**
 * A curve at one k.
 *
 * @param k number of samples
 * @param value mean over prompts
 * @param bias of the value
 * @param interval pointwise, for the mean over the distribution that the prompts were drawn from
 * @param these for the mean over just these prompts; empty where only their samples are known
 */
public record CurvePoint(
    long k, double value, Bias bias, Interval interval, Optional<Interval> these) {

  /** Which way a point errs on average. */
  public enum Bias {
    /** Neither way. */
    NONE("none"),
    /** It erred low and has been corrected to second order. */
    CORRECTED("corrected"),
    /** It errs low, by how much is not known. */
    LOW("low");

    private final String wireName;

    Bias(String wireName) {
      this.wireName = wireName;
    }

    /** The name used in files. */
    public String wireName() {
      return wireName;
    }
  }

  /** An unbiased point. */
  static CurvePoint counted(long k, double value, Interval interval) {
    return new CurvePoint(k, value, Bias.NONE, interval, Optional.empty());
  }
}
