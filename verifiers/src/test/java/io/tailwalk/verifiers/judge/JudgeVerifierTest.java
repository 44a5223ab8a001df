package io.tailwalk.verifiers.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.testkit.TestVocabulary;
import io.tailwalk.testkit.VerifierContract;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JudgeVerifierTest {

  /** Answers yes with a probability that falls with the number of characters b in the question. */
  private static final class Opinion implements LanguageModel {
    private final TestVocabulary vocabulary;
    private String question = "";

    Opinion(String... tokens) {
      vocabulary = TestVocabulary.of(tokens);
    }

    @Override
    public ModelIdentity identity() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Vocabulary vocabulary() {
      return vocabulary;
    }

    @Override
    public int[] encode(Prompt prompt) {
      if (!(prompt instanceof Prompt.Text(String text))) {
        throw new ModelException("this model has no chat template");
      }
      question = text;
      return new int[0];
    }

    /** Yes twice, no once, something else. */
    static double[] distribution(String question) {
      double bad = question.chars().filter(c -> c == 'b').count();
      double yes = 0.5 / (1 + bad);
      return new double[] {yes / 2, yes / 2, 0.7 - yes, 0.3, 0};
    }

    @Override
    public ModelContext open(int[] promptTokenIds, ContextOptions options) {
      double[] distribution = distribution(question);
      return new ModelContext() {
        @Override
        public LogProbs[] next(int[][] prefixes) {
          double[] logs = new double[distribution.length];
          for (int i = 0; i < distribution.length; i++) {
            logs[i] = Math.log(distribution[i]);
          }
          return new LogProbs[] {LogProbs.of(logs)};
        }

        @Override
        public int[] promptTokenIds() {
          return promptTokenIds;
        }

        @Override
        public int maxCompletionTokens() {
          return 1;
        }

        @Override
        public ModelUsage usage() {
          throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }

  private static Verifier judge(String options) {
    return JudgeVerifier.ofSpec(
        "some:model" + options, _ -> new Opinion("yes", " Yes", "NO", "perhaps"));
  }

  @Test
  void logReward_question_isTheShareOfYes() {
    TestVocabulary letters = TestVocabulary.of("a", "b");
    try (Verifier verifier = judge("")) {
      Candidate prefix = Candidate.partial(Prompt.text("q"), letters, new int[] {0, 1});
      String question =
          JudgeTemplate.fill(JudgeTemplate.read("judge", java.util.Optional.empty()), "q", "ab");
      double[] distribution = Opinion.distribution(question);
      double yes = distribution[0] + distribution[1];
      Assertions.assertThat(verifier.logReward(prefix))
          .isCloseTo(Math.log(yes / (yes + distribution[2])), Assertions.within(1e-12));
      assertThat(verifier.prefixValue().logValue(prefix)).isEqualTo(verifier.logReward(prefix));
    }
    try (Verifier verifier = judge(",leaf=pass")) {
      assertThat(verifier.logReward(Candidate.partial(Prompt.text("q"), letters, new int[0])))
          .isZero();
    }
  }

  @Test
  void ofSpec_bad_isRefused() {
    assertThatThrownBy(() -> JudgeVerifier.ofSpec("m", _ -> new Opinion("yes", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no tokens for yes and no");
    assertThatThrownBy(() -> judge(",leaf=maybe")).hasMessageContaining("use score or pass");
  }

  @Nested
  class Contract extends VerifierContract {
    @Override
    protected Verifier openVerifier() {
      return judge("");
    }

    @Override
    protected Vocabulary vocabulary() {
      return TestVocabulary.of("a", "b");
    }
  }
}
