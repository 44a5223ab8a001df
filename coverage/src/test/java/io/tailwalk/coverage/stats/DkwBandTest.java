package io.tailwalk.coverage.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.coverage.CoverageException;
import org.junit.jupiter.api.Test;

class DkwBandTest {
  @Test
  void halfWidth_ofIndependentRows_isMassarts() {
    assertThat(DkwBand.halfWidth(1000, 0.05))
        .isCloseTo(0.042947, within(1e-6)); // sqrt(ln 40 / 2000)
    assertThat(DkwBand.halfWidth(PromptSizes.independent(1000), 0.05))
        .isEqualTo(DkwBand.halfWidth(1000, 0.05));
    assertThat(DkwBand.halfWidth(0, 0.05)).isEqualTo(1.0);
  }

  @Test
  void halfWidth_ofEqualPrompts_isNearMassartsForPromptsWithOneMoreNat() {
    double clustered = DkwBand.halfWidth(PromptSizes.of(0, 0, 0, 0, 500), 0.05);
    assertThat(clustered).isCloseTo(Math.sqrt((1 + Math.log(40)) / 1000), within(0.002));
    assertThat(clustered).isGreaterThan(DkwBand.halfWidth(500, 0.05));
  }

  @Test
  void halfWidth_withOneLargePrompt_isWiderThanWithout() {
    long[] sizes = new long[101];
    sizes[1] = 400;
    double even = DkwBand.halfWidth(PromptSizes.of(0, 0, 250), 0.05);
    sizes[100] = 1;
    assertThat(DkwBand.halfWidth(PromptSizes.of(sizes), 0.05)).isGreaterThan(even);
  }

  @Test
  void halfWidth_withDeltaOutside_isRefused() {
    assertThatThrownBy(() -> DkwBand.halfWidth(10, 0))
        .isInstanceOf(CoverageException.class)
        .hasMessageContaining("delta = 0.0");
  }
}
