package io.tailwalk.lab.graph;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.stats.RatioEstimate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Pass@N of one checkpoint minus that of another, on the judging set.
 *
 * @param value mean difference over prompts
 * @param interval its 95% interval, paired by prompt
 */
record Gain(double value, @JsonIgnore Interval interval) {
  private static final double DELTA = 0.05;

  /** The gain of checkpoint a over b; exactly 0 of a checkpoint over itself. */
  static Gain of(ScoredSeries series, int a, int b, int attempts) {
    if (a == b) {
      return new Gain(0, Interval.exactly(0));
    }
    double[] one = series.passByPrompt(a, attempts);
    double[] other = series.passByPrompt(b, attempts);
    double[] difference = new double[one.length];
    Arrays.setAll(difference, i -> one[i] - other[i]);
    double[] ones = new double[one.length];
    Arrays.fill(ones, 1);
    RatioEstimate estimate = RatioEstimate.of(difference, ones);
    return new Gain(estimate.value(), estimate.interval(DELTA).within(-1, 1));
  }

  /** Whether the interval lies above 0. */
  @JsonIgnore
  boolean isPositive() {
    return interval.low() > 0;
  }

  /** The ends of the interval. */
  List<Double> ends() {
    return List.of(interval.low(), interval.high());
  }

  /** Difference and interval in words. */
  String text() {
    return String.format(
        Locale.ROOT, "%+.4f [%+.4f, %+.4f]", value, interval.low(), interval.high());
  }
}
