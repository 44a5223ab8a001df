package io.tailwalk.coverage.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values worked out elsewhere: by hand, or in arbitrary precision from the formula. */
class ExactStatisticsTest {
  /**
   * {@code 2^(a+b+1) integral from 1/2 to 1 of t^a (1-t)^b dt} by hand: 2 (1/2); 4 (3/8); 4 (1/8);
   * {@code 8 (7/24)}; and {@code 16 (7/24 - 15/64) = 11/12}.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "1, 0, 1.5",
    "0, 1, 0.5",
    "2, 0, 2.3333333333333335",
    "2, 1, 0.9166666666666666"
  })
  void logEvidence_fewRows_isTheIntegral(long onlyA, long onlyB, double evidence) {
    assertThat(Math.exp(SignTest.logEvidence(onlyA, onlyB))).isCloseTo(evidence, within(1e-12));
  }

  /** Roots of the defining equation, bisected in 30 digits. */
  @ParameterizedTest
  @CsvSource({
    "0, 10, 0.05, 0, 0.376987350990677",
    "3, 7, 0.05, 0.0325151397880589, 0.747587109914997",
    "10, 0, 0.1, 0.66772842403263, 1",
    "50, 150, 0.01, 0.145595840780482, 0.378763482758632",
    "0, 0, 0.05, 0, 1"
  })
  void bernoulliSequence_againstReference_agrees(
      long successes, long failures, double delta, double low, double high) {
    Interval interval = BernoulliSequence.interval(successes, failures, delta);
    assertThat(interval.low()).isCloseTo(low, within(1e-13));
    assertThat(interval.high()).isCloseTo(high, within(1e-13));
  }

  /**
   * The least over a of {@code a + (1/delta) sum (m_r / n) integral from a to 1 of min(1, 2 exp(-2
   * m_r t^2)) dt}, integrated and minimised in 18 digits. Element s is the number of prompts with s
   * rows.
   */
  @Test
  void clusteredHalfWidth_againstReference_agrees() {
    assertThat(DkwBand.halfWidth(PromptSizes.of(0, 0, 0, 0, 500), 0.05))
        .isCloseTo(0.0681387038222, within(1e-10));
    assertThat(DkwBand.halfWidth(PromptSizes.of(0, 0, 100), 0.1))
        .isCloseTo(0.140404061158, within(1e-10));
    assertThat(DkwBand.halfWidth(PromptSizes.of(0, 40, 0, 10), 0.05))
        .isCloseTo(0.410819090338, within(1e-10));
    assertThat(DkwBand.halfWidth(PromptSizes.of(0, 2, 1), 0.5))
        .isCloseTo(0.751625784454, within(1e-10));
    assertThat(DkwBand.halfWidth(PromptSizes.of(0, 0, 1), 0.05)).isEqualTo(1);
  }

  /** Two prompts of one row, one of four: 6 rows, 3 prompts, {@code 36 / (1 + 1 + 16) = 2}. */
  @Test
  void promptSizes_ofThreePrompts_countRowsPromptsAndLayers() {
    PromptSizes sizes = PromptSizes.of(7, 2, 0, 0, 1);
    assertThat(sizes.rows()).isEqualTo(6);
    assertThat(sizes.prompts()).isEqualTo(3);
    assertThat(sizes.effectivePrompts()).isCloseTo(2, within(1e-15));
    assertThat(sizes.layers()).containsExactly(3, 1, 1, 1);
    assertThat(sizes.rowsAreIndependent()).isFalse();
    assertThat(PromptSizes.of(0, 5).rowsAreIndependent()).isTrue();
    assertThat(PromptSizes.of(0, 0, 0).effectivePrompts()).isZero();
    assertThat(PromptSizes.of(0, 0).rows()).isZero();
    assertThatThrownBy(() -> PromptSizes.of(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * Clusters (y, x) = (1, 1), (3, 2), (2, 3): R = 1, residuals 0, 1, -1, so the standard error is
   * {@code sqrt(3/2 * 2) / 6}; 36/14 clusters of equal size.
   */
  @Test
  void ratio_threeClusters_isAsByHand() {
    RatioEstimate ratio = RatioEstimate.of(new double[][] {{9, 1, 1}, {9, 3, 2}, {9, 2, 3}}, 1, 2);
    assertThat(ratio.value()).isCloseTo(1, within(1e-15));
    assertThat(ratio.standardError()).isCloseTo(Math.sqrt(3) / 6, within(1e-15));
    assertThat(ratio.clusters()).isEqualTo(3);
    assertThat(ratio.effective()).isCloseTo(36.0 / 14, within(1e-14));
  }

  /**
   * 0 and 2 on two equal clusters: mean 1, standard error 1, one degree of freedom, whose upper
   * 0.25 quantile is 1 and whose 0.025 quantile is {@code tan(0.475 pi) = 12.7062047361747}.
   */
  @Test
  void interval_twoClusters_isCauchys() {
    RatioEstimate ratio = RatioEstimate.of(new double[] {0, 2}, new double[] {1, 1});
    Interval half = ratio.interval(0.5);
    assertThat(half.low()).isCloseTo(0, within(1e-9));
    assertThat(half.high()).isCloseTo(2, within(1e-9));
    assertThat(ratio.interval(0.05).high()).isCloseTo(13.7062047361747, within(1e-8));
    assertThat(ratio.shown(0.5)).isEqualTo(Interval.LINE);
  }

  /** Equal ratios are found whatever the clusters weigh, and small differences of small numbers. */
  @Test
  void standardError_ofEqualRatios_isZero() {
    double[] x = {1, 2, 3, 5, 7};
    double[] y = new double[x.length];
    Arrays.setAll(y, g -> 0.1 * x[g]);
    assertThat(RatioEstimate.of(y, x).standardError()).isZero();
    double[] small = {1e-9, 1.001e-9};
    assertThat(RatioEstimate.of(small, new double[] {1, 1}).standardError())
        .isCloseTo(5e-13, within(1e-20));
  }

  @Test
  void shown_fromTwentyEqualClusters_isTheInterval() {
    double[] y = new double[20];
    double[] x = new double[20];
    for (int g = 0; g < 20; g++) {
      y[g] = g % 2 * 0.3;
      x[g] = 0.3;
    }
    RatioEstimate ratio = RatioEstimate.of(y, x);
    assertThat(ratio.shown(0.05)).isEqualTo(ratio.interval(0.05)).isNotEqualTo(Interval.LINE);
  }

  @Test
  void requireDelta_ends_areRefused() {
    assertThat(Levels.requireDelta(0.3)).isEqualTo(0.3);
    assertThatThrownBy(() -> Levels.requireDelta(1)).isInstanceOf(CoverageException.class);
    assertThatThrownBy(() -> Levels.requireDelta(0)).isInstanceOf(CoverageException.class);
    assertThatThrownBy(() -> BernoulliSequence.interval(1, 1, 1))
        .isInstanceOf(CoverageException.class);
  }
}
