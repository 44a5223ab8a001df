package io.tailwalk.runs.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TailCurveTest {
  /** 1 - (1 - z)^k where z is far below the precision of 1 - z. */
  @Test
  void pass_tinyMass_isExact() {
    assertThat(TailCurve.pass(1e-20, 1_000_000_000)).isCloseTo(1e-11, within(1e-20));
    assertThat(TailCurve.pass(0.5, 2)).isCloseTo(0.75, within(1e-15));
    assertThat(TailCurve.pass(1, 1)).isEqualTo(1);
    assertThat(TailCurve.pass(0, 1000)).isEqualTo(0);
  }
}
