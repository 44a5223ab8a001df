package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.llama.tiny.ReferenceForward;
import io.tailwalk.llama.tiny.TinyLlama;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logits against a double-precision forward pass of the same weights. */
class ReferenceTest {
  private static final int VOCABULARY = 64;

  @TempDir Path folder;

  static Iterable<Optional<Path>> libraries() {
    return TestModels.libraries();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void next_manyPrefixes_matchesReferenceForward(Optional<Path> library) {
    TinyLlama tiny = new TinyLlama(11, VOCABULARY);
    ReferenceForward reference = new ReferenceForward(tiny);
    SplittableRandom random = new SplittableRandom(12);
    int[] prompt = TestModels.randomTokens(random, 9, VOCABULARY);
    int[][] prefixes = new int[40][];
    for (int i = 0; i < prefixes.length; i++) {
      prefixes[i] = TestModels.randomTokens(random, random.nextInt(12), 3);
    }
    try (LlamaModel model =
            TestModels.open(
                tiny.withoutTokenizer(), folder, TestModels.with(TestModels.EXACT, library));
        LlamaContext context = model.open(prompt, new ContextOptions(16, 8))) {
      for (int round = 0; round < 3; round++) {
        LogProbs[] distributions = context.next(prefixes);
        for (int i = 0; i < prefixes.length; i++) {
          double[] expected = reference.logProbs(TestModels.join(prompt, prefixes[i]));
          assertThat(TestModels.largestDifference(TestModels.all(distributions[i]), expected))
              .isLessThan(1e-5);
        }
      }
      assertThat(context.rollback()).isTrue();
    }
  }
}
