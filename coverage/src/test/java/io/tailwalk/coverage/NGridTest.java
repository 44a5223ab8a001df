package io.tailwalk.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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
}
