package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.llama.tiny.TinyLlama;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two contexts in two threads; without a lock this build mixes their numbers. */
class ThreadsTest {
  private static final int VOCABULARY = 64;
  private static final int ROUNDS = 150;

  @TempDir Path folder;

  @Test
  void next_twoContextsInTwoThreads_isTheSameAsOneAfterTheOther() throws Exception {
    try (LlamaModel model =
        TestModels.open(
            new TinyLlama(41, VOCABULARY).withoutTokenizer(), folder, TestModels.EXACT)) {
      List<double[]> first = run(model, 1, new CountDownLatch(0));
      List<double[]> second = run(model, 2, new CountDownLatch(0));
      CountDownLatch start = new CountDownLatch(2);
      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        Future<List<double[]>> one = threads.submit(() -> run(model, 1, start));
        Future<List<double[]>> two = threads.submit(() -> run(model, 2, start));
        assertSame(one.get(), first);
        assertSame(two.get(), second);
      }
    }
  }

  private static List<double[]> run(LlamaModel model, int seed, CountDownLatch start)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[]> distributions = new ArrayList<>();
    try (LlamaContext context =
        model.open(TestModels.randomTokens(random, 8, VOCABULARY), new ContextOptions(8, 8))) {
      start.countDown();
      start.await();
      for (int round = 0; round < ROUNDS; round++) {
        int[][] prefixes = new int[8][];
        for (int i = 0; i < prefixes.length; i++) {
          prefixes[i] = TestModels.randomTokens(random, 1 + random.nextInt(6), 4);
        }
        for (LogProbs distribution : context.next(prefixes)) {
          distributions.add(TestModels.all(distribution));
        }
      }
    }
    return distributions;
  }

  private static void assertSame(List<double[]> actual, List<double[]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i)).isEqualTo(expected.get(i));
    }
  }
}
