package io.tailwalk.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.interval.Interval;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopTokensTest {

  @Test
  void of_distribution_listsTheMostProbableAndBoundsTheRest() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4);
    for (int round = 0; round < 200; round++) {
      double[] scores = random.doubles(2 + round % 30).map(x -> 6 * x).toArray();
      LogProbs distribution = LogProbs.of(scores);
      int most = 1 + round % 5;
      TopTokens top = TopTokens.of(distribution, most);
      assertThat(top.size()).isEqualTo(Math.min(most, scores.length));
      double missing = 0;
      for (int token = 0; token < scores.length; token++) {
        if (!top.has(token)) {
          missing += Math.exp(distribution.logProb(token));
          assertThat(distribution.logProb(token))
              .isLessThanOrEqualTo(top.logProbs()[top.size() - 1]);
        }
      }
      Interval bounds = top.missing();
      assertThat(missing).isBetween(bounds.low(), bounds.high() * (1 + 1e-12));
      assertThat(bounds.width()).isLessThanOrEqualTo(2.001e-3);
    }
  }

  @Test
  void of_equalTokens_keepsTheFirstIds() {
    TopTokens top = TopTokens.of(LogProbs.of(new double[] {0, 1, 1, 1}), 2);
    assertThat(top.tokenIds()).containsExactly(1, 2);
  }

  @Test
  void of_tokensOfProbabilityZero_areLeftOut() {
    double zero = Double.NEGATIVE_INFINITY;
    TopTokens top = TopTokens.of(LogProbs.of(new double[] {0, zero, zero}), 2);
    assertThat(top.tokenIds()).containsExactly(0);
    assertThat(top.missing().high()).isLessThanOrEqualTo(1e-3);
  }

  @Test
  void missing_allListed_isZero() {
    Interval missing = TopTokens.of(LogProbs.of(new double[] {0, 1}), 5).missing();
    assertThat(missing.high()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0 0, -1 -2, twice or outside",
    "0 9, -1 -2, outside the vocabulary of 5",
    "0 1, -2 -1, the log-probability -1.0 after -2.0",
    "0 1, 0.5 -1, the log-probability 0.5 after 0.0",
    "0 1, NaN -1, the log-probability NaN",
    "0 1, -0.1 -0.2, cannot complete to 1",
    "0 1, -2 -3, the 3 others cannot complete to 1",
    "0, -1 -2, as many log-probabilities as tokens",
  })
  void new_noListOfADistribution_isRefused(String ids, String logs, String words) {
    int[] tokens = java.util.Arrays.stream(ids.split(" ")).mapToInt(Integer::parseInt).toArray();
    double[] logProbs =
        java.util.Arrays.stream(logs.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertThatThrownBy(() -> new TopTokens(tokens, logProbs, 5))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(words);
  }

  @Test
  void capabilities_mostTop_fitsTheSet() {
    var drawn = Capabilities.LogProbKind.RAW;
    var strict = Capabilities.SeedUse.STRICT;
    assertThatThrownBy(() -> new Capabilities(Set.of(Capability.TOP_K), drawn, strict))
        .hasMessageContaining("cannot list 0 tokens");
    assertThatThrownBy(() -> new Capabilities(Set.of(Capability.DRAW), drawn, strict, 5))
        .hasMessageContaining("cannot list 5 tokens");
    var lists = new Capabilities(Set.of(Capability.TOP_K, Capability.DRAW), drawn, strict, 20);
    assertThat(lists.can(Set.of(Capability.TOP_K, Capability.DRAW))).isTrue();
    assertThat(lists.can(Capability.DISTRIBUTION)).isFalse();
    assertThat(lists.words()).isEqualTo("the most probable next tokens, draws");
    assertThat(lists.only(Set.of(Capability.DRAW)).mostTop()).isZero();
    assertThat(Capabilities.COMPUTED.can(Capability.TOP_K)).isTrue();
    assertThat(Capabilities.COMPUTED.can(Capability.HIDDEN)).isFalse();
    assertThat(Capabilities.COMPUTED.with(Capability.HIDDEN).can(Capability.HIDDEN)).isTrue();
  }
}
