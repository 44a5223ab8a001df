package io.tailwalk.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.passk.BestOfN.Scored;
import io.tailwalk.coverage.passk.CurvePoint;
import io.tailwalk.coverage.passk.PromptEnds;
import io.tailwalk.coverage.passk.PromptSamples;
import io.tailwalk.coverage.passk.PromptSuccess;
import io.tailwalk.coverage.passk.RunCurves;
import io.tailwalk.coverage.passk.SuccessCurve;
import io.tailwalk.coverage.stats.RatioEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rewards and log-ratios may be of any scale, and ends scale with them. */
class ScalesTest {
  private static final double DELTA = 0.05;
  private static final double CLOSE = 1e-9;

  private final SplittableRandom random = new SplittableRandom(9);

  private double[] values(int n) {
    double[] values = new double[n];
    Arrays.setAll(values, _ -> random.nextDouble() - 0.3);
    return values;
  }

  private static double[] times(double[] values, double scale) {
    return Arrays.stream(values).map(value -> value * scale).toArray();
  }

  private static void assertScales(DoubleFunction<Interval> interval, double scale) {
    Interval atOne = interval.apply(1);
    Interval scaled = interval.apply(scale);
    assertThat(scaled.lowKind()).isEqualTo(atOne.lowKind());
    assertThat(scaled.highKind()).isEqualTo(atOne.highKind());
    assertThat(scaled.low() / scale).isCloseTo(atOne.low(), within(CLOSE));
    assertThat(scaled.high() / scale).isCloseTo(atOne.high(), within(CLOSE));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-160, 1e160, 1e300})
  void ratios_scaledSums_scale(double scale) {
    for (int round = 0; round < 100; round++) {
      double[] y = values(2 + random.nextInt(30));
      double[] x = Arrays.stream(values(y.length)).map(value -> 1 + value).toArray();
      assertScales(s -> RatioEstimate.of(times(y, s), x).interval(DELTA), scale);
      assertScales(s -> RatioEstimate.of(y, times(x, 1 / s)).interval(DELTA), scale);
      assertThat(RatioEstimate.of(times(y, scale), times(x, scale)).standardError())
          .isCloseTo(RatioEstimate.of(y, x).standardError(), within(CLOSE));
    }
  }

  private static RunCurves graded(double[] rewards, double scale) {
    List<PromptSamples> prompts = new ArrayList<>();
    for (int p = 0; p + 1 < rewards.length; p++) {
      List<Scored> scored =
          List.of(new Scored(1, scale * rewards[p]), new Scored(1, scale * rewards[p + 1]));
      prompts.add(new PromptSamples("p" + p, 2, 0, scored));
    }
    return new RunCurves("r", prompts);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-160, 1e160, 1e300})
  void bestOfN_scaledRewards_scales(double scale) {
    for (int round = 0; round < 40; round++) {
      double[] rewards = values(25);
      for (boolean bounded : new boolean[] {true, false}) {
        DoubleFunction<CurvePoint> point =
            s -> {
              Interval range = bounded ? Interval.certain(-s, s) : Interval.LINE;
              return graded(rewards, s).bestOfN(List.of(2L), DELTA, range).getFirst();
            };
        assertScales(s -> point.apply(s).interval(), scale);
        assertThat(point.apply(scale).value() / scale)
            .isCloseTo(point.apply(1).value(), within(CLOSE));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-160, 1e160, 1e300})
  void promptEnds_scaledIntervals_scale(double scale) {
    for (int round = 0; round < 40; round++) {
      double[] values = values(12);
      DoubleFunction<List<Interval>> prompts =
          s ->
              Arrays.stream(values)
                  .mapToObj(value -> Interval.asymptotic(s * (value - 0.1), s * (value + 0.2)))
                  .toList();
      assertScales(s -> PromptEnds.ofPopulation(prompts.apply(s), -s, s, 0.01, DELTA), scale);
      assertScales(s -> PromptEnds.ofThese(prompts.apply(s), -s, s, 0.01, DELTA), scale);
    }
  }

  /** Success probabilities of any size: pass@k of tiny ones is k times them. */
  @Test
  void massCurve_tinyProbabilities_keepTheirDigits() {
    for (double z : new double[] {Double.MIN_VALUE, 1e-320, 1e-300, 1e-160}) {
      var success = new PromptSuccess("p", z, Interval.guaranteed(0, 3 * z), z, Bias.CLAMPED);
      CurvePoint point = SuccessCurve.at(List.of(success, success), 5, 0.05, DELTA);
      assertThat(point.value()).isBetween(4.9 * z, 5.1 * z);
      assertThat(point.these().orElseThrow().high()).isPositive().isLessThanOrEqualTo(1);
      assertThat(point.interval().contains(point.value())).isTrue();
    }
  }

  @Test
  void scored_rewardBeyondMeans_isRefused() {
    assertThatThrownBy(() -> new Scored(1, -1.5e308))
        .isInstanceOf(CoverageException.class)
        .hasMessage("reward -1.5E308 is beyond 1e300 in size; scale all rewards down");
  }
}
