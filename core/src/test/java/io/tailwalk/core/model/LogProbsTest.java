package io.tailwalk.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogProbsTest {

  private static double total(LogProbs distribution) {
    return IntStream.range(0, distribution.size())
        .mapToDouble(i -> Math.exp(distribution.logProb(i)))
        .sum();
  }

  @Test
  void ofLogits_anyScale_normalises() {
    LogProbs distribution =
        LogProbs.ofLogits(new float[] {1000f, 999f, -1000f, Float.NEGATIVE_INFINITY});
    assertThat(total(distribution)).isCloseTo(1, within(1e-14));
    assertThat(distribution.logProb(0) - distribution.logProb(1)).isEqualTo(1.0, within(1e-12));
    assertThat(distribution.logProb(3)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void logProb_certainToken_isNotPositive() {
    assertThat(LogProbs.of(new double[] {3.7, Double.NEGATIVE_INFINITY}).logProb(0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 2.0, 10.0})
  void tempered_temperature_scalesLogRatios(double temperature) {
    LogProbs base = LogProbs.of(new double[] {0.1, -2, -5});
    LogProbs distribution = base.tempered(temperature);
    assertThat(total(distribution)).isCloseTo(1, within(1e-14));
    assertThat(distribution.logProb(0) - distribution.logProb(2))
        .isCloseTo((base.logProb(0) - base.logProb(2)) / temperature, within(1e-12));
  }

  @Test
  void of_badScores_areRefused() {
    assertThatThrownBy(() -> LogProbs.of(new double[] {0, Double.NaN}))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> LogProbs.ofLogits(new float[] {0, Float.POSITIVE_INFINITY}))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> LogProbs.of(new double[] {Double.NEGATIVE_INFINITY}))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> LogProbs.of(new double[] {0}).tempered(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
