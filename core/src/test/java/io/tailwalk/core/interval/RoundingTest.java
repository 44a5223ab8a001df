package io.tailwalk.core.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundingTest {
  @ParameterizedTest
  @ValueSource(doubles = {Double.MIN_VALUE, 3e-321, 1e-300, 1e-160, 0.37, 1, 1e160, 1e300})
  void ends_anyScale_lieOutsideAndNear(double value) {
    double low = Rounding.down(value, Rounding.RELATIVE);
    double high = Rounding.up(value, Rounding.RELATIVE);
    assertThat(low).isNotNegative().isLessThan(value);
    assertThat(high).isGreaterThan(value);
    assertThat(high - low).isLessThan(3 * Rounding.RELATIVE * value + 1e-321);
  }

  @Test
  void relative_longPaths_growsWithTheirTokens() {
    assertThat(Rounding.relative(1)).isEqualTo(Rounding.RELATIVE);
    assertThat(Rounding.relative(200)).isEqualTo(Rounding.RELATIVE);
    assertThat(Rounding.relative(20_000)).isCloseTo(100 * Rounding.RELATIVE, within(1e-15));
  }

  /** Intersections and widths of intervals of any scale. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-320, 1e-300, 1e-160, 1, 1e160, 1e300})
  void intervals_anyScale_meetAsAtOne(double scale) {
    Interval wide = Interval.certain(0, 8 * scale);
    Interval narrow = Interval.asymptotic(2 * scale, 9 * scale);
    assertThat(wide.meet(narrow))
        .isEqualTo(new Interval(2 * scale, EndKind.ASYMPTOTIC, 8 * scale, EndKind.CERTAIN));
    assertThat(narrow.within(scale, 4 * scale).width()).isEqualTo(2 * scale);
    Interval apart = Interval.guaranteed(scale / 4, scale);
    assertThat(narrow.meet(apart)).isEqualTo(apart);
    Estimate estimate = Estimate.of(3 * scale, scale, narrow, wide, 0.95, Bias.CLAMPED, "test");
    assertThat(estimate.value()).isEqualTo(3 * scale);
    assertThat(estimate.guaranteed()).isEqualTo(wide);
  }
}
