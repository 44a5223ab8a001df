package io.tailwalk.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends are in the units of the numbers and must scale with them. */
class ScalesTest {
  private static final double DELTA = 0.05;

  /**
   * Tolerances relative to the range: for ends found to their last digits, and by bisection to
   * {@code 1e-7}.
   */
  private static final double EXACT = 1e-12;

  private static final double BISECTED = 5e-7;

  private final SplittableRandom random = new SplittableRandom(8);

  /** Uniform, skewed, of two values, or equal. */
  private double[] values(int round) {
    double one = random.nextDouble();
    double[] values = new double[2 + random.nextInt(60)];
    Arrays.setAll(
        values,
        _ ->
            switch (round % 4) {
              case 0 -> random.nextDouble();
              case 1 -> Math.pow(random.nextDouble(), 6);
              case 2 -> random.nextInt(2);
              default -> one;
            });
    return values;
  }

  private static double[] times(double[] values, double scale) {
    return Arrays.stream(values).map(value -> value * scale).toArray();
  }

  private static void assertScales(
      DoubleFunction<Interval> interval, double scale, double tolerance) {
    Interval atOne = interval.apply(1);
    Interval scaled = interval.apply(scale);
    assertThat(scaled.lowKind()).isEqualTo(atOne.lowKind());
    assertThat(scaled.highKind()).isEqualTo(atOne.highKind());
    assertEnd(atOne.low(), scaled.low() / scale, tolerance);
    assertEnd(atOne.high(), scaled.high() / scale, tolerance);
  }

  private static void assertEnd(double atOne, double scaled, double tolerance) {
    if (Double.isInfinite(atOne)) {
      assertThat(scaled).isEqualTo(atOne);
    } else {
      assertThat(scaled).isCloseTo(atOne, within(tolerance));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-160, 1e160, 1e300})
  void intervals_scaledValues_scale(double scale) {
    for (int round = 0; round < 80; round++) {
      double[] values = values(round);
      assertScales(s -> Gaffke.interval(times(values, s), 0, s, DELTA), scale, EXACT);
      assertScales(s -> Gaffke.interval(times(values, s), -s, s, DELTA), scale, EXACT);
      assertScales(s -> BettingInterval.interval(times(values, s), 0, s, DELTA), scale, BISECTED);
      assertScales(
          s -> BettingInterval.interval(times(values, s), -s, 2 * s, DELTA), scale, BISECTED);
    }
  }

  /** Units with converging bounds, like those of a frontier, some without an upper bound. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-160, 1e160, 1e300})
  void capital_scaledUnits_scales(double scale) {
    for (int round = 0; round < 80; round++) {
      double[] values = values(round);
      boolean bounded = round % 3 != 0;
      assertScales(
          s -> {
            var capital = new BettingCapital(DELTA);
            for (int t = 0; t < values.length; t++) {
              double found = 0.3 * t / values.length;
              double range = 1.5 - found;
              double high = bounded ? s * (found + range) : Double.POSITIVE_INFINITY;
              capital.add(s * found, s * (found + range * values[t]), high);
            }
            return capital.with(new BettingCapital(DELTA)).interval();
          },
          scale,
          BISECTED);
    }
  }

  /** Numbers with few digits left: ends must not claim more than the digits support. */
  @Test
  void intervals_valuesBelowNormalDoubles_holdTheirMean() {
    for (int round = 0; round < 80; round++) {
      double scale = round % 2 == 0 ? 1e-310 : 1e-321;
      double[] values = times(values(round), scale);
      double mean = Arrays.stream(values).average().orElseThrow();
      for (Interval interval :
          new Interval[] {
            Gaffke.interval(values, 0, scale, DELTA),
            BettingInterval.interval(values, 0, scale, DELTA)
          }) {
        assertThat(interval.low()).isBetween(0.0, mean + Double.MIN_VALUE);
        assertThat(interval.high()).isBetween(mean - Double.MIN_VALUE, scale);
        assertThat(interval.width()).isPositive();
      }
    }
  }

  /** A unit outside its bound by the last digit is accepted, even if it has only one digit. */
  @Test
  void add_boundOffByTheSmallestDouble_isRounding() {
    var capital = new BettingCapital(DELTA);
    capital.add(0, 3 * Double.MIN_VALUE, 2 * Double.MIN_VALUE);
    assertThat(capital.interval()).isEqualTo(Interval.LINE);
  }

  @Test
  void intervals_rangeWiderThanAnyDouble_isRefusedInASentence() {
    assertThatThrownBy(() -> Gaffke.interval(new double[] {0}, -1.5e308, 1.5e308, DELTA))
        .hasMessageContaining("a range of finite width");
  }

  @Test
  void scaled_anyNumbers_comesBackToTheDigit() {
    for (double scale : new double[] {1e-320, 1e-300, 1e-160, 1, 1e160, 1e300}) {
      Scaled scaled = Scaled.of(0.7 * scale, -scale, 0);
      assertThat(Math.abs(scaled.values()[1])).isBetween(1e-61, 1e61);
      assertThat(scaled.back(scaled.values()[0])).isEqualTo(0.7 * scale);
      assertThat(scaled.back(scaled.values()[1])).isEqualTo(-scale);
    }
    assertThat(Scaled.of(0, 0).exponent()).isZero();
    assertThat(Scaled.of().values()).isEmpty();
  }
}
