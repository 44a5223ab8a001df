package io.tailwalk.runs.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchStudyTest {
  @Test
  void order_takesNumbersByValue() {
    assertThat(WatchStudy.compareNaturally("step-9", "step-10")).isNegative();
    assertThat(WatchStudy.compareNaturally("b", "a2")).isPositive();
    assertThat(WatchStudy.compareNaturally("a", "a1")).isNegative();
  }
}
