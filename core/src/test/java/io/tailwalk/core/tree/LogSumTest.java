package io.tailwalk.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSumTest {
  /** A thousand terms, each of which is near or below the smallest double. */
  @ParameterizedTest
  @ValueSource(doubles = {-745, -744, -738, -600, -400, 0, 400, 600, 690})
  void value_manyEqualTerms_isTheirNumberTimesOne(double log) {
    var sum = new LogSum();
    for (int i = 0; i < 1000; i++) {
      sum.add(log);
    }
    double expected = Math.exp(log + Math.log(1000));
    assertThat(sum.value()).isCloseTo(expected, within(1e-12 * expected + Double.MIN_VALUE));
    assertThat(sum.isZero()).isFalse();
  }

  @Test
  void value_termsFarApart_isTheLargest() {
    var rising = new LogSum();
    var falling = new LogSum();
    double[] logs = {-3000, -1000, -400, 0, 300, 650};
    for (int i = 0; i < logs.length; i++) {
      rising.add(logs[i]);
      falling.add(logs[logs.length - 1 - i]);
    }
    assertThat(rising.value()).isCloseTo(Math.exp(650), within(1e-12 * Math.exp(650)));
    assertThat(falling.value()).isEqualTo(rising.value());
  }

  @Test
  void isZero_termsBelowEveryDouble_isFalse() {
    var sum = new LogSum();
    sum.add(Double.NEGATIVE_INFINITY);
    assertThat(sum.isZero()).isTrue();
    assertThat(sum.value()).isZero();
    sum.add(-5000);
    assertThat(sum.isZero()).isFalse();
    assertThat(sum.value()).isZero();
  }
}
