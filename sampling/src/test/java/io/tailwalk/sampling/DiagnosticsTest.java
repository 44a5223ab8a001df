package io.tailwalk.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class DiagnosticsTest {
  @Test
  void draws_ofCounts_areWholeNumbersAndZeroIfNotCounted() {
    assertThat(new Diagnostics(3, Map.of("drawn", 32.0, "accepted", 5.0, "cut", 1.0)).draws())
        .isEqualTo(new Diagnostics.Draws(32, 5));
    assertThat(new Diagnostics(0, Map.of("tours", 4.0)).draws())
        .isEqualTo(new Diagnostics.Draws(0, 0));
  }
}
