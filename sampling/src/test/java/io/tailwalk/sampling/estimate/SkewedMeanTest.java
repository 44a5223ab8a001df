package io.tailwalk.sampling.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.testkit.Sweep;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SkewedMeanTest {
  private static final double LEVEL = 0.95;

  @Test
  void interval_nothingAboveZero_saysNothing() {
    assertThat(SkewedMean.interval(new double[] {0, 0, 0}, LEVEL)).isEqualTo(Interval.NON_NEGATIVE);
    assertThat(SkewedMean.interval(new double[] {5}, LEVEL)).isEqualTo(Interval.NON_NEGATIVE);
    assertThat(SkewedMean.interval(new double[0], LEVEL)).isEqualTo(Interval.NON_NEGATIVE);
  }

  @Test
  void interval_equalValues_isAsWideAsTheirNumberAllows() {
    Interval two = SkewedMean.interval(new double[] {2, 2}, LEVEL);
    assertThat(two.low()).isCloseTo(2 * Math.sqrt(0.025), within(1e-9));
    double[] same = new double[1000];
    Arrays.fill(same, 2);
    Interval many = SkewedMean.interval(same, LEVEL);
    assertThat(many.high() / many.low()).isBetween(1.0001, 1.01);
  }

  /**
   * Regression: ten equal numbers whose mean is inexact by rounding counted as numbers without
   * error.
   */
  @Test
  void interval_valuesEqualUpToRounding_hasWidth() {
    Sweep.of(5)
        .cases(2_000)
        .run((random, _) -> {
          double common = Math.exp(20 * random.nextDouble() - 10);
          double[] values = new double[2 + random.nextInt(30)];
          for (int i = 0; i < values.length; i++) {
            values[i] = common * (1 + 1e-15 * random.nextInt(3));
          }
          Interval interval = SkewedMean.interval(values, LEVEL);
          assertThat(interval.high() / interval.low()).isGreaterThan(1.01);
          assertThat(interval.contains(common)).isTrue();
        });
  }

  @Test
  void interval_skewedValues_reachFurtherUp() {
    double[] values = {1, 1, 1, 1, 1, 1, 1, 1, 1, 30};
    Interval skewed = SkewedMean.interval(values, LEVEL);
    assertThat(skewed.low()).isPositive();
    assertThat(skewed.high() - 3.9).isGreaterThan(2 * (3.9 - skewed.low()));
    assertThat(skewed.highKind()).isEqualTo(EndKind.ASYMPTOTIC);
  }
}
