package io.tailwalk.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import org.junit.jupiter.api.Test;

final class NumbersTest {
  @Test
  void estimate_knownExactly_saysSo() {
    assertThat(Numbers.estimate(known(0.25, 0.25))).isEqualTo("0.250 (known exactly)");
    assertThat(Numbers.estimate(known(0, 0))).isEqualTo("0 (known exactly)");
  }

  /** A probability that no double can hold is not known to be zero. */
  @Test
  void estimate_belowTheSmallestDouble_isNotZero() {
    assertThat(Numbers.estimate(known(0, Double.MIN_NORMAL))).isEqualTo("below 2.23×10⁻³⁰⁸");
  }

  private static Estimate known(double low, double high) {
    return Estimate.exactly(
        low, new Interval(low, EndKind.CERTAIN, high, EndKind.CERTAIN), "known");
  }
}
