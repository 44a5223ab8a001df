package io.tailwalk.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.LanguageModelContract;
import io.tailwalk.testkit.TokenSequence;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearLanguageModelTest extends LanguageModelContract {
  private static final LinearProblem PROBLEM = TestMaps.markov(Streams.of(71), 9);

  @Override
  protected LanguageModel openModel() {
    return LinearLanguageModel.of("linear", PROBLEM.truth(), "-+");
  }

  @Override
  protected Prompt prompt() {
    return LinearLanguageModel.prompt(1);
  }

  @Override
  protected List<String> texts() {
    return List.of("", "+-+", "<0>++<1>");
  }

  @Override
  protected boolean hasEndToken() {
    return false;
  }

  /** The tree of the samplers has the enumerated distribution, including test-time training. */
  @Test
  void tree_anyDistribution_hasItsProbabilities() {
    LinearProblem problem = TestMaps.positional(Streams.of(72));
    var updates = new TokenUpdates(problem.features(), problem.domain(), 0.3);
    SequenceDistribution distribution = new TestTimeDistribution(updates, problem.truth().theta());
    var identity = LinearLanguageModel.of("x", problem.truth(), "-0+").identity();
    try (var model = new LinearLanguageModel(identity, problem.features(), distribution, "-0+")) {
      var tree = ExactDistribution.of(model, LinearLanguageModel.prompt(1), Verifiers.any(), 6);
      assertThat(tree.leaves()).hasSize(729);
      int[] response = {0, 2, 1, 2, 2, 0};
      assertThat(tree.leaves().get(TokenSequence.of(response)))
          .extracting(ExactDistribution.Leaf::logPi)
          .satisfies(logPi ->
              assertThat(logPi).isCloseTo(distribution.logProb(1, response), within(1e-12)));
    }
  }

  @Test
  void prompts_thatAreNone_areRefusedInOneSentence() {
    try (LanguageModel model = openModel()) {
      assertThatThrownBy(() -> model.encode(Prompt.text("+a")))
          .hasMessageContaining("\"a\" in \"+a\" is not a token");
      var context = model.open(model.encode(Prompt.text("+")), new ContextOptions(9, 1));
      assertThatThrownBy(() -> context.next(new int[][] {{}}))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("<0> to <1>");
      var whole = model.open(model.encode(prompt()), new ContextOptions(20, 1));
      assertThatThrownBy(() -> whole.next(new int[][] {new int[9]}))
          .hasMessageContaining("have 9 tokens");
      assertThatThrownBy(() -> whole.next(new int[][] {{2}})).hasMessageContaining("is a prompt");
    }
    assertThatThrownBy(() -> LinearLanguageModel.of("x", PROBLEM.truth(), "-0+"))
        .hasMessageContaining("names 3 tokens");
    assertThatThrownBy(() -> LinearLanguageModel.of("x", PROBLEM.truth(), "--"))
        .hasMessageContaining("different ASCII");
  }
}
