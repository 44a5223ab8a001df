package io.tailwalk.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cuts of a distribution, computed by hand. */
class TruncationTest {
  private static double[] cut(Truncation truncation, double... probabilities) {
    LogProbs law = LogProbs.of(Arrays.stream(probabilities).map(Math::log).toArray());
    LogProbs left = truncation.of(law);
    double[] out = new double[probabilities.length];
    Arrays.setAll(out, token -> Math.exp(left.logProb(token)));
    return out;
  }

  @Test
  void topK_mostProbableRemain() {
    assertThat(cut(new Truncation(2, 1, 0), 0.1, 0.4, 0.2, 0.3))
        .containsExactly(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, within(1e-12));
    assertThat(cut(new Truncation(9, 1, 0), 0.1, 0.9))
        .containsExactly(new double[] {0.1, 0.9}, within(1e-12));
  }

  @Test
  void topK_equalTokens_lowerIdsRemain() {
    assertThat(cut(new Truncation(2, 1, 0), 0.25, 0.25, 0.25, 0.25))
        .containsExactly(new double[] {0.5, 0.5, 0, 0}, within(1e-12));
  }

  @Test
  void topP_fewestTokensThatReachIt() {
    assertThat(cut(new Truncation(0, 0.6, 0), 0.1, 0.4, 0.2, 0.3))
        .containsExactly(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, within(1e-12));
    assertThat(cut(new Truncation(0, 0.3, 0), 0.1, 0.4, 0.2, 0.3))
        .containsExactly(new double[] {0, 1, 0, 0}, within(1e-12));
    assertThat(cut(new Truncation(0, 1e-300, 0), 0.5, 0.5))
        .containsExactly(new double[] {1, 0}, within(1e-12));
  }

  @Test
  void minP_shareOfTheMostProbable() {
    assertThat(cut(new Truncation(0, 1, 0.6), 0.1, 0.4, 0.2, 0.3))
        .containsExactly(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, within(1e-12));
  }

  /**
   * After top_k = 3, the rest is 4/9, 2/9, 3/9: the first two reach 0.75, which 0.7 alone did not.
   */
  @Test
  void all_oneAfterTheOther_areOfWhatIsLeft() {
    assertThat(cut(new Truncation(3, 0.75, 0), 0.1, 0.4, 0.2, 0.3))
        .containsExactly(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, within(1e-12));
    assertThat(cut(new Truncation(0, 0.75, 0), 0.1, 0.4, 0.2, 0.3))
        .containsExactly(new double[] {0, 4 / 9.0, 2 / 9.0, 3 / 9.0}, within(1e-12));
  }

  @Test
  void params_onlyCuts_areNamed() {
    assertThat(Truncation.NONE.isNone()).isTrue();
    assertThat(Truncation.NONE.params()).isEmpty();
    assertThat(new Truncation(3, 0.5, 0).params().toString()).isEqualTo("{top_k=3, top_p=0.5}");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1, 0",
    "0, 0, 0",
    "0, 1.1, 0",
    "0, NaN, 0",
    "0, 1, -0.1",
    "0, 1, 1",
    "0, 1, NaN"
  })
  void truncation_outOfRange_isRefused(int topK, double topP, double minP) {
    assertThatThrownBy(() -> new Truncation(topK, topP, minP))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
