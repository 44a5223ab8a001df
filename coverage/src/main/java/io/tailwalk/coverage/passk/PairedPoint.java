package io.tailwalk.coverage.passk;

import io.tailwalk.coverage.Interval;
import io.tailwalk.coverage.stats.RatioEstimate;
import java.util.Arrays;

/**
 * The difference of two runs at one k, over the same prompts.
 *
 * @param k number of samples
 * @param difference mean over prompts of first less second
 * @param interval Student t over the differences of prompts, pointwise
 * @param better prompts where the first is higher
 * @param worse prompts where it is lower
 */
public record PairedPoint(long k, double difference, Interval interval, long better, long worse) {

  static PairedPoint of(long k, double[] differences, double delta) {
    double[] ones = new double[differences.length];
    Arrays.fill(ones, 1.0);
    RatioEstimate mean = RatioEstimate.of(differences, ones);
    Interval t = mean.interval(delta);
    return new PairedPoint(
        k,
        mean.value(),
        new Interval(Math.max(-1.0, t.low()), Math.min(1.0, t.high())),
        Arrays.stream(differences).filter(d -> d > 0).count(),
        Arrays.stream(differences).filter(d -> d < 0).count());
  }
}
