package io.tailwalk.sampling.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpreadTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;

  private static double[] logs(double... values) {
    double[] logs = new double[values.length];
    java.util.Arrays.setAll(logs, i -> Math.log(values[i]));
    return logs;
  }

  /** Factors 1/2 and 3/2 on equal weights: a squared coefficient of variation of 1/4. */
  @Test
  void level_twoParticles_isTheVariationOfTheirFactors() {
    var spread = new Spread();
    spread.level(logs(2, 2), logs(1, 3), 2, NONE);
    assertThat(spread.ofParticles()).isCloseTo(0.25, within(1e-12));
    spread.level(logs(1, 3), logs(1, 3), 2, NONE);
    spread.level(logs(1e-200, 1e-200), logs(0, 5e-201), 2, NONE);
    assertThat(spread.ofParticles()).isCloseTo(0.25 + 0 + 1, within(1e-12));
    assertThat(spread.logWorthOfDescent()).isCloseTo(-Math.log(1.25 * 2), within(1e-12));
  }

  /** An extreme factor has little effect on a particle with little weight. */
  @Test
  void level_lightParticle_countsByItsWeight() {
    var spread = new Spread();
    spread.level(logs(1, 1e-6), logs(1, 1e-8), 2, NONE);
    assertThat(spread.ofParticles()).isLessThan(2e-6);
  }

  /** A pilot without surviving particles supports no choice. */
  @Test
  void level_allDead_isInfinite() {
    var spread = new Spread();
    spread.level(logs(2, 2), logs(0, 0), 2, Math.log(4));
    assertThat(spread.ofParticles()).isZero();
    spread.level(logs(2, 2), logs(0, 0), 2, NONE);
    assertThat(spread.ofParticles()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Math.exp(spread.logWorthOfDescent())).isZero();
  }

  /** Half of the weight is complete, so the rest counts a quarter. */
  @Test
  void level_partOfTheMassIsDone_countsByTheSquareOfTheRest() {
    var spread = new Spread();
    spread.level(logs(2, 2), logs(1, 3), 2, Math.log(4));
    assertThat(spread.ofParticles()).isCloseTo(0.25 / 4, within(1e-12));
  }
}
