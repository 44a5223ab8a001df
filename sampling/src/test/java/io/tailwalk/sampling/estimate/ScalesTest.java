package io.tailwalk.sampling.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.testkit.Sweep;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rewards may have any scale: results must scale with them, or be independent of the scale if they
 * are numbers of draws. Squares of 1e-160 and of 1e160 are no doubles any more.
 */
class ScalesTest {
  private static final double LEVEL = 0.99;

  /** Tolerance of bisection for guaranteed ends and for values that equal them. */
  private static final double BISECTED = 5e-7;

  /** Uniform, skewed, zeros among ones, or equal. */
  private static double[] values(RandomGenerator random, int number) {
    double[] values = new double[2 + random.nextInt(60)];
    Arrays.setAll(
        values,
        _ ->
            switch (number % 4) {
              case 0 -> random.nextDouble();
              case 1 -> Math.pow(random.nextDouble(), 6);
              case 2 -> random.nextInt(2);
              default -> 0.3;
            });
    return values;
  }

  private static double[] times(double[] values, double scale) {
    return Arrays.stream(values).map(value -> value * scale).toArray();
  }

  private static void assertScales(DoubleFunction<Interval> interval, double scale) {
    Interval atOne = interval.apply(1);
    Interval scaled = interval.apply(scale);
    assertThat(scaled.lowKind()).isEqualTo(atOne.lowKind());
    assertThat(scaled.low() / scale).isCloseTo(atOne.low(), within(BISECTED * (1 + atOne.low())));
    if (Double.isFinite(atOne.high() * scale)) {
      assertThat(scaled.highKind()).isEqualTo(atOne.highKind());
      assertThat(scaled.high() / scale)
          .isCloseTo(atOne.high(), within(BISECTED * (1 + atOne.high())));
    } else {
      assertThat(scaled.high()).isEqualTo(Double.POSITIVE_INFINITY);
    }
  }

  private static void assertNumberScales(DoubleUnaryOperator number, double scale) {
    double atOne = number.applyAsDouble(1);
    double scaled = number.applyAsDouble(scale) / scale;
    if (Double.isNaN(atOne)) {
      assertThat(scaled).isNaN();
    } else {
      assertThat(scaled).isCloseTo(atOne, within(BISECTED * Math.abs(atOne)));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-160, 1e160, 1e300})
  void ofValues_scaled_scales(double scale) {
    Sweep.of(51)
        .cases(200)
        .run((random, number) -> {
          double[] values = values(random, number);
          assertScales(s -> SkewedMean.interval(times(values, s), LEVEL), scale);
          assertNumberScales(s -> Weights.standardError(times(values, s)), scale);
          assertNumberScales(s -> s * Weights.effectiveSize(times(values, s)), scale);
          assertNumberScales(s -> s * Weights.largestShare(times(values, s)), scale);
          assertNumberScales(s -> s * Weights.paretoShape(times(values, s)), scale);
          assertNumberScales(s -> s * Autocorrelation.effectiveSize(times(values, s)), scale);
        });
  }

  private static FrontierUnits units(double[] values, double scale) {
    var units = new FrontierUnits();
    for (int t = 0; t < values.length; t++) {
      double open = 1 - 0.5 * t / values.length;
      double drawn = scale * open * values[t];
      units.add(scale * (1 - open) / 3, Math.log(open), drawn, t % 2 == 0, drawn / 2);
    }
    return units;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-160, 1e160, 1e300})
  void ofUnits_scaled_scales(double scale) {
    Sweep.of(52)
        .cases(200)
        .run((random, number) -> {
          double[] values = values(random, number);
          assertScales(s -> units(values, s).asymptotic(0.5), scale);
          assertNumberScales(s -> units(values, s).value(0.5), scale);
          assertNumberScales(s -> units(values, s).standardError(0.5), scale);
          assertThat(units(values, scale).areEnough()).isEqualTo(units(values, 1).areEnough());
        });
  }

  private static Evidence evidence(double[] values, int number, double scale) {
    var evidence = new Evidence();
    if (number % 2 == 0) {
      evidence.plainDraws(times(values, scale));
      Arrays.stream(values).forEach(value -> evidence.addBounded(0, scale * value, scale));
    }
    if (number % 3 == 0) {
      evidence.estimate(scale * values[0], true, "test");
      Arrays.stream(values).forEach(value -> evidence.addUnbounded(scale * value));
    }
    if (number % 5 == 0) {
      evidence.plainShare(0.5);
      for (int t = 0; t < values.length; t++) {
        double open = 1 - 0.5 * t / values.length;
        double found = scale * (1 - open) / 3;
        double drawn = scale * open * values[t];
        evidence.addBounded(found, found + drawn, found + 2 * scale * open);
        evidence.units().add(found, Math.log(open), drawn, t % 2 == 0, drawn / 2);
      }
    }
    return evidence;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-160, 1e160, 1e300})
  void ofEvidence_scaled_scales(double scale) {
    Sweep.of(53)
        .cases(200)
        .run((random, number) -> {
          double[] values = values(random, number / 7);
          double top = number % 7 == 0 ? Double.POSITIVE_INFINITY : 1;
          DoubleFunction<Estimate> estimate =
              s -> evidence(values, number, s).estimate(Interval.certain(0.01 * s, top * s), false);
          assertScales(s -> estimate.apply(s).interval(), scale);
          assertScales(s -> estimate.apply(s).guaranteed(), scale);
          assertNumberScales(s -> estimate.apply(s).value(), scale);
          assertNumberScales(s -> estimate.apply(s).standardError(), scale);
        });
  }

  /** Weights beyond all doubles result from values that are far too high. */
  @Test
  void estimate_weightsBeyondDoubles_boundNothingFromAbove() {
    var evidence = new Evidence();
    double[] weights = {0, Double.POSITIVE_INFINITY, 1e305, 3, Double.POSITIVE_INFINITY};
    Arrays.stream(weights).forEach(evidence::addUnbounded);
    evidence.estimate(Arrays.stream(weights).average().orElseThrow(), true, "weights");
    evidence.replicates(weights);
    Estimate open = evidence.estimate(Interval.certain(0.1, Double.POSITIVE_INFINITY), false);
    assertThat(open.value()).isFinite();
    assertThat(open.standardError()).isFinite();
    assertThat(open.high()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(evidence.diagnostics().values()).allSatisfy(number -> assertThat(number).isFinite());
    Estimate bounded = evidence.estimate(Interval.certain(0.1, 1), false);
    assertThat(bounded.value()).isEqualTo(1);
  }

  /**
   * Known completely, and smaller than every double: the upper end is rounded outwards, not the
   * value.
   */
  @Test
  void estimate_exactAndBelowDoubles_isZeroWithAnEndAbove() {
    Interval certain = Interval.certain(0, 2 * Double.MIN_VALUE);
    Estimate estimate = new Evidence().estimate(certain, true);
    assertThat(estimate.value()).isZero();
    assertThat(estimate.interval()).isEqualTo(certain);
  }

  @Test
  void estimate_valuesBelowNormalDoubles_holdTheirMean() {
    Sweep.of(54)
        .cases(200)
        .run((random, number) -> {
          double scale = number % 2 == 0 ? 1e-310 : 1e-321;
          double[] values = values(random, number);
          Estimate estimate =
              evidence(values, number, scale).estimate(Interval.certain(0, scale), false);
          double mean = Arrays.stream(times(values, scale)).average().orElseThrow();
          assertThat(estimate.low()).isBetween(0.0, mean + Double.MIN_VALUE);
          assertThat(estimate.high()).isBetween(mean - Double.MIN_VALUE, scale);
          Interval skewed = SkewedMean.interval(times(values, scale), LEVEL);
          assertThat(skewed.contains(mean)).isTrue();
        });
  }
}
