package io.tailwalk.lab.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  @Test
  void of_monotoneValues_isOneOrMinusOne() {
    List<Double> x = List.of(1.0, 2.0, 5.0, 9.0);
    assertThat(RankCorrelation.of(x, List.of(0.1, 0.2, 0.3, 10.0))).isCloseTo(1, within(1e-12));
    assertThat(RankCorrelation.of(x, List.of(3.0, 2.0, 1.0, 0.0))).isCloseTo(-1, within(1e-12));
  }

  @Test
  void of_ties_shareTheirMeanRank() {
    // Ranks 1.5, 1.5, 3 against 1, 2, 3: covariance 1.5, variances 1.5 and 2.
    assertThat(RankCorrelation.of(List.of(4.0, 4.0, 7.0), List.of(1.0, 2.0, 3.0)))
        .isCloseTo(1.5 / Math.sqrt(3), within(1e-12));
  }

  @Test
  void of_constantSide_isNotKnown() {
    assertThat(RankCorrelation.of(List.of(1.0, 1.0), List.of(1.0, 2.0))).isNaN();
  }
}
