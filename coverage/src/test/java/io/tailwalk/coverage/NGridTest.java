package io.tailwalk.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NGridTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void reached_atLogN_counts() {
    NGrid grid = NGrid.of(4, 2, 2);
    assertThat(grid.size()).isEqualTo(2);
    assertThat(grid.reached(0, -Math.log(2))).isEqualTo(1);
    assertThat(grid.reached(0, Math.nextUp(-Math.log(2)))).isEqualTo(1);
    assertThat(grid.reached(0, -Math.log(2) + 1e-7)).isZero();
    assertThat(grid.reached(-1, -INF)).isEqualTo(2);
    assertThat(grid.reached(-INF, -1)).isZero();
    assertThat(grid.reached(-INF, -INF)).isZero();
    assertThat(NGrid.of(1).reached(-INF, -INF)).isEqualTo(1);
  }

  @Test
  void of_belowOne_isRefused() {
    assertThatThrownBy(() -> NGrid.of(0.5)).hasMessageContaining("N = 0.5");
    assertThatThrownBy(() -> NGrid.of(1).reached(Double.NaN, -1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> NGrid.of(1).reached(-1, Double.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void logarithmic_stepsAreEven() {
    NGrid grid = NGrid.logarithmic(2, 3);
    assertThat(grid.size()).isEqualTo(7);
    for (int k = 0; k < 7; k++) {
      assertThat(grid.n(k)).isCloseTo(Math.pow(2, k / 3.0), within(1e-14));
      assertThat(grid.threshold(k)).isCloseTo(k / 3.0 * Math.log(2), within(1e-14));
    }
    assertThat(grid.n(6)).isEqualTo(4);
    assertThat(NGrid.logarithmic(1, 1)).isEqualTo(NGrid.of(1, 2)).hasToString("[1.0, 2.0]");
    assertThat(NGrid.of(1, 2).hashCode()).isEqualTo(NGrid.logarithmic(1, 1).hashCode());
    assertThat(NGrid.of(1, 2).hashCode()).isNotEqualTo(NGrid.of(1, 3).hashCode());
    assertThatThrownBy(() -> NGrid.logarithmic(0, 1)).hasMessageContaining("0 doublings, 1 each");
    assertThatThrownBy(() -> NGrid.logarithmic(1, 0)).hasMessageContaining("1 doublings, 0 each");
  }

  /** Logarithms of a million nats are known to a thousandth of a nat only. */
  @Test
  void reached_largeLogarithms_tieRelatively() {
    assertThat(NGrid.of(2).reached(-1e6, -1e6 - Math.log(2) + 5e-4)).isEqualTo(1);
    assertThat(NGrid.of(2).reached(-1e6, -1e6 - Math.log(2) + 2e-3)).isZero();
    assertThat(LogRatio.reaches(-0.1, -0.2, 0.1 + 5e-10)).isTrue();
    assertThat(LogRatio.reaches(-0.1, -0.2, 0.1 + 5e-9)).isFalse();
  }

  /** Grids of even and of wildly uneven steps, at thresholds, next to them and between them. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void atOrBelow_ofRandomGrids_isTheCountByComparison(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] factors = new double[1 + random.nextInt(40)];
    Arrays.setAll(factors, _ -> Math.exp(random.nextInt(1, 700) * random.nextDouble()));
    NGrid grid = seed == 1 ? NGrid.logarithmic(16, 2) : NGrid.of(factors);
    List<Double> values = new ArrayList<>(List.of(-INF, INF, 0.0, -0.0, -1.0, 1e308));
    for (int k = 0; k < grid.size(); k++) {
      double at = grid.threshold(k);
      values.addAll(List.of(at, Math.nextUp(at), Math.nextDown(at), at * random.nextDouble()));
    }
    for (double nats : values) {
      long expected =
          IntStream.range(0, grid.size()).filter(k -> grid.threshold(k) <= nats).count();
      assertThat(grid.atOrBelow(nats)).isEqualTo((int) expected);
    }
  }
}
