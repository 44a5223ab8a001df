package io.tailwalk.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NGridTest {
  @Test
  void reached_atExactlyLogN_counts() {
    NGrid grid = NGrid.of(4, 2, 2);
    assertThat(grid.size()).isEqualTo(2);
    assertThat(grid.reached(Math.log(2))).isEqualTo(1);
    assertThat(grid.reached(Math.nextDown(Math.log(2)))).isZero();
    assertThat(grid.reached(Double.POSITIVE_INFINITY)).isEqualTo(2);
    assertThat(grid.reached(Double.NEGATIVE_INFINITY)).isZero();
  }

  @Test
  void of_belowOne_isRefused() {
    assertThatThrownBy(() -> NGrid.of(0.5)).hasMessageContaining("N = 0.5");
    assertThatThrownBy(() -> NGrid.of(1).reached(Double.NaN)).hasMessageContaining("NaN");
  }
}
