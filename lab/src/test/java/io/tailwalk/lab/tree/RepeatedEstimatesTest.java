package io.tailwalk.lab.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.random.Streams;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedEstimatesTest {
  private static final Interval RANGE = Interval.certain(0.1, 1);

  private static Optional<Estimate> estimate(double value, Interval interval) {
    return Optional.of(Estimate.of(value, 0.1, interval, RANGE, 0.95, Bias.CLAMPED, "test"));
  }

  /** Least j with {@code P(Bin(R, 0.025) >= j) <= 0.025}, worked out in exact fractions. */
  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,2", "10,2", "11,3", "100,7"})
  void rank_isTheLeastThatIsSureEnough(int repeats, int expected) {
    assertThat(RepeatedEstimates.rank(repeats)).isEqualTo(expected);
  }

  @Test
  void of_threeRepeats_hasTheMeanAndTheSecondTightestEnds() {
    Estimate estimate =
        RepeatedEstimates.of(
                List.of(
                    estimate(0.4, Interval.guaranteed(0.2, 0.5)),
                    estimate(0.5, Interval.asymptotic(0.35, 0.7)),
                    estimate(0.6, Interval.guaranteed(0.3, 0.9))))
            .orElseThrow();
    assertThat(estimate.value()).isCloseTo(0.5, within(1e-12));
    assertThat(estimate.low()).isEqualTo(0.3);
    assertThat(estimate.high()).isEqualTo(0.7);
    assertThat(estimate.interval().lowKind()).isEqualTo(EndKind.ASYMPTOTIC);
    assertThat(estimate.bias()).isEqualTo(Bias.CLAMPED);
    assertThat(estimate.guaranteed().low()).isEqualTo(0.2);
    assertThat(estimate.guaranteed().high()).isEqualTo(0.9);
  }

  /** Squares of such values are no doubles. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-160, 1, 1e160, 1e300})
  void of_valuesOfAnyScale_scales(double scale) {
    List<Optional<Estimate>> repeats =
        IntStream.of(4, 5, 6)
            .mapToObj(value -> {
              Interval ends = Interval.guaranteed(scale * value / 2, scale * value * 2);
              Interval range = Interval.certain(0, 20 * scale);
              return Optional.of(
                  Estimate.of(scale * value, 0, ends, range, 0.95, Bias.CLAMPED, "test"));
            })
            .toList();
    Estimate estimate = RepeatedEstimates.of(repeats).orElseThrow();
    assertThat(estimate.value() / scale).isCloseTo(5, within(1e-12));
    assertThat(estimate.standardError() / scale).isCloseTo(1 / Math.sqrt(3), within(1e-12));
    assertThat(estimate.low() / scale).isCloseTo(2.5, within(1e-12));
    assertThat(estimate.high() / scale).isCloseTo(10, within(1e-12));
  }

  @Test
  void of_oneRepeat_isItsOwn() {
    var only = estimate(0.4, Interval.guaranteed(0.2, 0.5));
    assertThat(RepeatedEstimates.of(List.of(only))).isEqualTo(only);
    assertThat(RepeatedEstimates.of(List.of(Optional.empty(), Optional.empty()))).isEmpty();
  }

  @Test
  void of_oneRepeatThatKnows_isKnown() {
    var known = Optional.of(Estimate.exactly(0.5, Interval.exactly(0.5), "whole tree"));
    Estimate estimate =
        RepeatedEstimates.of(List.of(estimate(0.4, Interval.guaranteed(0.2, 0.6)), known))
            .orElseThrow();
    assertThat(estimate.isExact()).isTrue();
    assertThat(estimate.value()).isEqualTo(0.5);
  }

  /**
   * Equal, contradicting and silent repeats leave what is certain, never an interval of a point.
   */
  @Test
  void of_repeatsWithoutSpreadOrInContradiction_keepsTheCertainEnds() {
    var point = estimate(0.3, Interval.asymptotic(0.3, 0.3));
    Estimate equal = RepeatedEstimates.of(Collections.nCopies(5, point)).orElseThrow();
    assertThat(equal.interval()).isEqualTo(RANGE);
    var high = estimate(0.8, Interval.asymptotic(0.7, 0.9));
    Estimate apart = RepeatedEstimates.of(List.of(point, point, high, high)).orElseThrow();
    assertThat(apart.interval()).isEqualTo(RANGE);
    Estimate silent = RepeatedEstimates.of(List.of(high, Optional.empty())).orElseThrow();
    assertThat(silent.interval()).isEqualTo(RANGE);
    assertThat(silent.bias()).isEqualTo(Bias.UNKNOWN);
  }

  /** Normal estimates with their right intervals: the ends by rank hold as often as they say. */
  @Test
  void of_manyRepeats_holdsTheTruthAndIsNarrower() {
    int held = 0;
    double width = 0;
    int trials = 400;
    for (int trial = 0; trial < trials; trial++) {
      RandomGenerator random = Streams.of(5, trial);
      List<Optional<Estimate>> repeats =
          IntStream.range(0, 100)
              .mapToObj(_ -> 0.5 + 0.02 * random.nextGaussian())
              .map(v -> estimate(v, Interval.asymptotic(v - 0.0392, v + 0.0392)))
              .toList();
      Estimate estimate = RepeatedEstimates.of(repeats).orElseThrow();
      held += estimate.interval().contains(0.5) ? 1 : 0;
      width += estimate.interval().width() / trials;
    }
    // Expected 0.97 or more; 371 has a false-alarm probability below 1e-4.
    assertThat(held).isGreaterThan(371);
    assertThat(width).isLessThan(0.5 * 2 * 0.0392);
  }
}
