package io.tailwalk.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.RewardException;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bets and certain ends rely on the bound that a verifier declares, so no reward may exceed it. */
class RewardBoundTest {
  /** Gives every complete response the same reward, independent of the declared bound. */
  private record Alike(double logReward, double logRewardBound) implements Verifier {
    @Override
    public String name() {
      return "alike";
    }

    @Override
    public double logReward(Candidate complete) {
      return logReward;
    }
  }

  /** {@code log tau} of the empty response. */
  private static double logRewardAtRoot(int vocabularySize, double logReward, double logBound) {
    var model = new HashModel(vocabularySize);
    var spec =
        new TreeSpec(
            Prompt.text(""),
            model.vocabulary(),
            new Alike(logReward, logBound),
            ValueFunction.ONE,
            new ExpansionRule.Enumerate(),
            3,
            List.of(),
            1);
    var explorer = new Explorer(spec, model, Budget.UNLIMITED, new CostMeter(() -> 0));
    explorer.expand(new int[] {GenerationTree.ROOT}, 1);
    Children children = Objects.requireNonNull(explorer.tree().children(GenerationTree.ROOT));
    return children.logValue(vocabularySize - 1);
  }

  /** Small and wide vocabularies use different code. */
  @ParameterizedTest
  @ValueSource(ints = {6, 3000})
  void expand_rewardAboveItsBoundByRounding_countsAsTheBound(int vocabularySize) {
    assertThat(logRewardAtRoot(vocabularySize, 5e-10, 0)).isZero();
    assertThat(logRewardAtRoot(vocabularySize, -1, 0)).isEqualTo(-1);
    assertThat(logRewardAtRoot(vocabularySize, 690, Double.POSITIVE_INFINITY)).isEqualTo(690);
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 3000})
  void expand_rewardFarAboveItsBound_isAnError(int vocabularySize) {
    assertThatThrownBy(() -> logRewardAtRoot(vocabularySize, 1e-6, 0))
        .isInstanceOf(VerifierException.class)
        .hasMessageContaining("above the bound of 1.0 that it declares");
    assertThatThrownBy(() -> logRewardAtRoot(vocabularySize, 800, Double.POSITIVE_INFINITY))
        .isInstanceOf(RewardException.class)
        .hasMessageContaining("alike gave a reward of e^800.0");
    assertThatThrownBy(() -> logRewardAtRoot(vocabularySize, Double.POSITIVE_INFINITY, 1.0 / 0))
        .isInstanceOf(VerifierException.class)
        .hasMessageContaining("a log-score of Infinity");
  }
}
