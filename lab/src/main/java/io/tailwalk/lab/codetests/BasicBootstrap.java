package io.tailwalk.lab.codetests;

import io.tailwalk.core.random.Streams;
import io.tailwalk.report.Estimate;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * The basic bootstrap {@code [2 v - q(.975), 2 v - q(.025)]} (Davison and Hinkley, "Bootstrap
 * Methods and their Application", 1997, Section 2.2.1), widened to contain the value.
 */
final class BasicBootstrap {
  private static final int RESAMPLES = 1000;
  private static final double TAIL = 0.025;

  private BasicBootstrap() {}

  /**
   * A 95% interval of a statistic. A resample without a statistic, such as one of empty runs only,
   * may stand for any value: at the lower end it counts against the statistic, at the upper end for
   * it.
   *
   * @param value the statistic of the samples; if it is NaN, so are both ends
   * @param seed seed of the resampling
   * @param resample the statistic of a resample, or NaN
   */
  static Estimate interval(double value, long seed, ToDoubleFunction<RandomGenerator> resample) {
    if (Double.isNaN(value)) {
      return Estimate.exactly(value);
    }
    RandomGenerator random = Streams.of(seed, RESAMPLES);
    double[] values = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      values[i] = resample.applyAsDouble(random);
    }
    double low = 2 * value - quantile(values, 1 - TAIL, Double.POSITIVE_INFINITY);
    double high = 2 * value - quantile(values, TAIL, Double.NEGATIVE_INFINITY);
    return new Estimate(Math.min(low, value), value, Math.max(high, value));
  }

  private static double quantile(double[] values, double level, double unknown) {
    double[] sorted =
        Arrays.stream(values).map(x -> Double.isNaN(x) ? unknown : x).sorted().toArray();
    return sorted[(int) (level * (sorted.length - 1))];
  }
}
