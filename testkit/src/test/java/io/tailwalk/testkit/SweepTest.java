package io.tailwalk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepTest {

  @Test
  void run_failingCase_namesSeedAndCaseAndKeepsTheCause() {
    assertThatThrownBy(
            () -> Sweep.of(5).cases(9).run((_, number) -> assertThat(number).isNotEqualTo(7)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("case 7 of seed 5")
        .hasMessageContaining("-Dseed=5 -Dcase=7")
        .hasCauseInstanceOf(AssertionError.class);
  }

  @Test
  void run_twice_drawsTheSameAndCasesDiffer() {
    List<Long> first = new ArrayList<>();
    List<Long> second = new ArrayList<>();
    Sweep.of(5).cases(20).run((random, _) -> first.add(random.nextLong()));
    Sweep.of(5).cases(20).run((random, _) -> second.add(random.nextLong()));
    assertThat(first).hasSize(20).doesNotHaveDuplicates().isEqualTo(second);
  }
}
