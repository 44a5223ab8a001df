package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.llama.tiny.TinyLlama;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks down and back on a small F32 model with an F32 cache. */
class RollbackTest {
  private static final int VOCABULARY = 64;
  private static final int SEQUENCES = 200;
  private static final int STEPS = 40;
  private static final int MAX_LENGTH = 16;
  private static final ContextOptions ROOM = new ContextOptions(MAX_LENGTH, 4);

  @TempDir Path folder;

  static Iterable<Optional<Path>> libraries() {
    return TestModels.libraries();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void next_sameShapeAfterRollback_isBitEqual(Optional<Path> library) {
    LlamaOptions options =
        TestModels.with(TestModels.EXACT, library).withMaxSequences(2).withBatchTokens(32);
    try (LlamaModel model =
        TestModels.open(new TinyLlama(21, VOCABULARY).withoutTokenizer(), folder, options)) {
      for (int sequence = 0; sequence < SEQUENCES; sequence++) {
        SplittableRandom random = new SplittableRandom(sequence);
        int[] prompt = TestModels.randomTokens(random, 1 + random.nextInt(6), VOCABULARY);
        assertBitEqualRevisits(model, prompt, random);
      }
    }
  }

  private static void assertBitEqualRevisits(
      LlamaModel model, int[] prompt, SplittableRandom random) {
    Map<String, double[]> seen = new HashMap<>();
    int revisits = 0;
    int[] path = {};
    try (LlamaContext context = model.open(prompt, ROOM)) {
      for (int step = 0; step < STEPS; step++) {
        path = moved(path, random, 2);
        double[] distribution = TestModels.all(context.next(new int[][] {path})[0]);
        double[] before = seen.putIfAbsent(Arrays.toString(path), distribution);
        if (before != null) {
          revisits++;
          assertThat(distribution).isEqualTo(before);
        }
      }
      assertThat(revisits).isPositive();
      assertThat(context.rollback()).isTrue();
    }
    try (LlamaContext fresh = model.open(prompt, ROOM)) {
      double[] prefilled = TestModels.all(fresh.next(new int[][] {path})[0]);
      double[] walked = Objects.requireNonNull(seen.get(Arrays.toString(path)));
      assertThat(TestModels.largestDifference(walked, prefilled)).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void next_parallelWalksWithRollback_matchesFreshPrefill(Optional<Path> library) {
    LlamaOptions options =
        TestModels.with(TestModels.EXACT, library).withMaxSequences(7).withBatchTokens(32);
    SplittableRandom random = new SplittableRandom(31);
    int[] prompt = TestModels.randomTokens(random, 5, VOCABULARY);
    try (LlamaModel model =
            TestModels.open(new TinyLlama(22, VOCABULARY).withoutTokenizer(), folder, options);
        LlamaContext context = model.open(prompt, ROOM)) {
      int[][] walks = new int[5][0];
      for (int step = 0; step < SEQUENCES; step++) {
        for (int w = 0; w < walks.length; w++) {
          walks[w] = moved(walks[w], random, 8);
        }
        LogProbs[] distributions = context.next(walks);
        int checked = random.nextInt(walks.length);
        try (LlamaContext fresh = model.open(prompt, ROOM)) {
          LogProbs prefilled = fresh.next(new int[][] {walks[checked]})[0];
          assertThat(
                  TestModels.largestDifference(
                      TestModels.all(distributions[checked]), TestModels.all(prefilled)))
              .isLessThan(1e-5);
        }
      }
      assertThat(context.rollback()).isTrue();
    }
  }

  /** One token down, occasionally after moving up by some tokens. */
  private static int[] moved(int[] path, SplittableRandom random, int choices) {
    boolean up = path.length == MAX_LENGTH || random.nextInt(3) == 0;
    int keep = up && path.length > 0 ? random.nextInt(path.length) : path.length;
    int[] next = Arrays.copyOf(path, keep + 1);
    next[keep] = random.nextInt(choices);
    return next;
  }
}
