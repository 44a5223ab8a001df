package io.tailwalk.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ConditionsTest {
  @Test
  void verdict_everyConditionHolds_holdsWithItsFigures() {
    var conditions =
        new Conditions()
            .require(true, "%.1f is small", 0.25)
            .failUnless(true, "fails at %d", 3)
            .found("%,d cells", 1234);
    assertThat(conditions.hold()).isTrue();
    assertThat(conditions.failuresFirst().holds()).isTrue();
    assertThat(conditions.failuresFirst().summary()).containsExactly("0.3 is small", "1,234 cells");
    assertThat(conditions.failuresLast()).isEqualTo(conditions.failuresFirst());
  }

  @Test
  void verdict_aConditionFails_namesItWhereAsked() {
    var conditions =
        new Conditions()
            .require(false, "%d of %d", 1, 2)
            .found("figure")
            .failUnless(false, "fails at %s", "H=8");
    assertThat(conditions.hold()).isFalse();
    assertThat(conditions.failuresFirst().holds()).isFalse();
    assertThat(conditions.failuresFirst().summary())
        .containsExactly("fails: 1 of 2", "fails at H=8", "figure");
    assertThat(conditions.failuresLast().summary())
        .containsExactly("figure", "fails: 1 of 2", "fails at H=8");
  }
}
