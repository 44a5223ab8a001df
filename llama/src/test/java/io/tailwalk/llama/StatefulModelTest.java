package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.llama.tiny.TinyLlama;
import io.tailwalk.llama.tiny.TinyMamba;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that cannot roll back are evaluated from the start. */
class StatefulModelTest {
  private static final int VOCABULARY = 32;
  private static final ContextOptions ROOM = new ContextOptions(12, 4);

  @TempDir Path folder;

  static Iterable<Optional<Path>> libraries() {
    return TestModels.libraries();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void next_recurrentModel_matchesFreshContextAndSaysSo(Optional<Path> library) {
    LlamaOptions options = TestModels.with(TestModels.EXACT, library);
    try (LlamaModel model = TestModels.open(TinyMamba.file(61, VOCABULARY), folder, options);
        LlamaContext context = model.open(new int[] {3, 1, 4}, ROOM)) {
      assertThat(context.rollback()).isFalse();
      assertMatchesFresh(model, context);
    }
  }

  /** A rollback that a recurrent model refuses is detected. */
  @ParameterizedTest
  @MethodSource("libraries")
  void next_recurrentModelTakenForAnother_fallsBack(Optional<Path> library) {
    LlamaOptions options = TestModels.with(TestModels.EXACT, library).withMaxSequences(2);
    try (LlamaModel model = TestModels.open(TinyMamba.file(61, VOCABULARY), folder, options);
        LlamaContext context = model.open(new int[] {3, 1, 4}, ROOM, true)) {
      assertThat(context.rollback()).isTrue();
      assertMatchesFresh(model, context);
      assertThat(context.rollback()).isFalse();
    }
  }

  @Test
  void next_withoutRollback_matchesRollback() {
    int[][] prefixes = {{}, {0}, {0, 1}, {0, 2}, {1, 1, 1}, {0, 1, 4}, {0, 1}};
    try (LlamaModel model =
            TestModels.open(
                new TinyLlama(63, VOCABULARY).withoutTokenizer(), folder, TestModels.EXACT);
        LlamaContext tree = model.open(new int[] {3, 1, 4}, ROOM);
        LlamaContext straight = model.open(new int[] {3, 1, 4}, ROOM, false)) {
      LogProbs[] expected = tree.next(prefixes);
      LogProbs[] actual = straight.next(prefixes);
      for (int i = 0; i < prefixes.length; i++) {
        assertClose(actual[i], expected[i]);
      }
      assertThat(straight.usage().promptTokens()).isGreaterThan(tree.usage().promptTokens());
      assertThat(straight.usage().recomputedTokens()).isPositive();
    }
  }

  private static void assertMatchesFresh(LlamaModel model, LlamaContext context) {
    SplittableRandom random = new SplittableRandom(64);
    for (int round = 0; round < 5; round++) {
      int[][] prefixes = prefixes(random);
      LogProbs[] distributions = context.next(prefixes);
      for (int i = 0; i < prefixes.length; i++) {
        try (LlamaContext fresh = model.open(context.promptTokenIds(), ROOM)) {
          assertClose(distributions[i], fresh.next(new int[][] {prefixes[i]})[0]);
        }
      }
    }
  }

  private static void assertClose(LogProbs actual, LogProbs expected) {
    assertThat(TestModels.largestDifference(TestModels.all(actual), TestModels.all(expected)))
        .isLessThan(1e-5);
  }

  private static int[][] prefixes(SplittableRandom random) {
    int[][] prefixes = new int[6][];
    for (int i = 0; i < prefixes.length; i++) {
      prefixes[i] = TestModels.randomTokens(random, random.nextInt(8), 3);
    }
    return prefixes;
  }
}
