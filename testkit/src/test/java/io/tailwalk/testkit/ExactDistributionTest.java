package io.tailwalk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Verifiers;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExactDistributionTest {
  private static final int END = MarkovModel.VOCABULARY.end();

  @Test
  void of_twoTokens_isTheDistributionWorkedOutByHand() {
    var distribution =
        ExactDistribution.of(new MarkovModel(), Prompt.text(""), Verifiers.avoid("b"), 2);
    assertThat(distribution.leaves().keySet())
        .containsExactlyInAnyOrder(
            TokenSequence.of(END),
            TokenSequence.of(0, 0),
            TokenSequence.of(0, 1),
            TokenSequence.of(0, END),
            TokenSequence.of(1, 0),
            TokenSequence.of(1, END));
    assertThat(distribution.z()).isCloseTo(0.2 + 0.05 + 0.15, within(1e-15));
    assertThat(distribution.target())
        .containsOnlyKeys(TokenSequence.of(END), TokenSequence.of(0, 0), TokenSequence.of(0, END));
    assertThat(distribution.target().get(TokenSequence.of(0, END)))
        .isCloseTo(0.15 / 0.4, within(1e-15));
    assertThat(distribution.base().values().stream().mapToDouble(p -> p).sum())
        .isCloseTo(1, within(1e-15));
    assertThat(distribution.leaves().get(TokenSequence.of(1, END)))
        .extracting(ExactDistribution.Leaf::finishReason)
        .isEqualTo(FinishReason.STOP);
  }

  @Test
  void target_nothingPasses_isRefused() {
    var distribution =
        ExactDistribution.of(new MarkovModel(), Prompt.text(""), Verifiers.length(9, 9), 2);
    assertThatThrownBy(distribution::target).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void totalVariation_distributionsOfDifferentSupport_countsBothSides() {
    assertThat(
            ExactDistribution.totalVariation(
                Map.of("a", 0.5, "b", 0.5), Map.of("b", 0.25, "c", 0.75)))
        .isCloseTo(0.75, within(1e-15));
  }
}
