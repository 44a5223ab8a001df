package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.llama.tiny.ReferenceForward;
import io.tailwalk.llama.tiny.TinyLlama;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Log-probabilities of given completions. */
class ScoreTest {
  private static final int VOCABULARY = 64;
  private static final int[] PROMPT = {5, 9, 2, 6};

  @TempDir Path folder;

  static Iterable<Optional<Path>> libraries() {
    return TestModels.libraries();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void score_anyLength_matchesReferenceForward(Optional<Path> library) {
    TinyLlama tiny = new TinyLlama(71, VOCABULARY);
    ReferenceForward reference = new ReferenceForward(tiny);
    SplittableRandom random = new SplittableRandom(72);
    LlamaOptions options = TestModels.with(TestModels.EXACT, library);
    try (LlamaModel model = TestModels.open(tiny.withoutTokenizer(), folder, options);
        LlamaContext context = model.open(PROMPT, new ContextOptions(150, 1))) {
      for (int length : new int[] {0, 1, 2, 63, 64, 65, 66, 129, 150}) {
        int[] completion = TestModels.randomTokens(random, length, VOCABULARY);
        double[] scores = context.score(completion);
        assertThat(scores).hasSize(length);
        for (int h : new int[] {0, 1, length / 2, length - 2, length - 1}) {
          if (h >= 0 && h < length) {
            int[] path = TestModels.join(PROMPT, Arrays.copyOf(completion, h));
            assertThat(Math.abs(scores[h] - reference.logProbs(path)[completion[h]]))
                .isLessThan(1e-5);
          }
        }
      }
    }
  }

  @Test
  void score_afterOtherWork_isBitEqual() {
    SplittableRandom random = new SplittableRandom(73);
    int[] completion = TestModels.randomTokens(random, 100, VOCABULARY);
    try (LlamaModel model =
            TestModels.open(
                new TinyLlama(74, VOCABULARY).withoutTokenizer(), folder, TestModels.EXACT);
        LlamaContext context = model.open(PROMPT, new ContextOptions(120, 4));
        LlamaContext other = model.open(PROMPT, new ContextOptions(110, 1))) {
      double[] first = context.score(completion);
      for (int i = 0; i < 20; i++) {
        context.next(new int[][] {TestModels.randomTokens(random, 1 + i, VOCABULARY)});
        context.score(TestModels.randomTokens(random, 3 * i, VOCABULARY));
      }
      assertThat(context.score(completion)).isEqualTo(first);
      assertThat(other.score(completion)).isEqualTo(first);
    }
  }

  @Test
  void usage_scoring_countsTokensOnce() {
    try (LlamaModel model =
            TestModels.open(
                new TinyLlama(75, VOCABULARY).withoutTokenizer(), folder, TestModels.EXACT);
        LlamaContext context = model.open(PROMPT, new ContextOptions(120, 4))) {
      context.score(new int[70]);
      assertThat(context.usage().modelTokens()).isEqualTo(69);
      assertThat(context.usage().promptTokens()).isEqualTo(PROMPT.length);
      assertThat(context.usage().modelCalls()).isEqualTo(3);
      context.score(new int[70]);
      assertThat(context.usage().recomputedTokens()).isEqualTo(69);
      assertThat(context.usage().promptTokens()).isEqualTo(PROMPT.length);
    }
  }
}
