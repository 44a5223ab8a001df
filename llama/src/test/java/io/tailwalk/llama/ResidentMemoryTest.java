package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.llama.tiny.TinyLlama;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native memory is released. The tests' heap is touched completely at start-up. */
class ResidentMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int VOCABULARY = 64;

  @TempDir Path folder;

  @BeforeEach
  void needsProc() {
    assumeTrue(Files.isReadable(STATUS), "resident memory is read from /proc/self/status");
  }

  /** Allowance 128 kB for 1,000 prefixes: a leak of 128 bytes per prefix is detected. */
  @Test
  void next_tenThousandPrefixesComeAndGo_residentMemoryStays() throws IOException {
    try (LlamaModel model =
            TestModels.open(
                new TinyLlama(51, VOCABULARY).withoutTokenizer(),
                folder,
                TestModels.EXACT.withMaxSequences(8));
        LlamaContext context = model.open(new int[] {1, 2, 3}, new ContextOptions(12, 4))) {
      SplittableRandom random = new SplittableRandom(52);
      assertThat(steadyGrowth(() -> ask(context, random, 1_000))).isLessThan(128);
    }
  }

  /** Allowance 300 kB for 60 contexts: a leak of 5 kB per context is detected. */
  @Test
  void open_manyContextsComeAndGo_residentMemoryStays() throws IOException {
    try (LlamaModel model =
        TestModels.open(
            new TinyLlama(53, VOCABULARY).withoutTokenizer(),
            folder,
            TestModels.EXACT.withBatchTokens(32).withMaxSequences(8))) {
      SplittableRandom random = new SplittableRandom(54);
      openAndClose(model, random, 300);
      assertThat(steadyGrowth(() -> openAndClose(model, random, 60))).isLessThan(300);
    }
  }

  /**
   * Second smallest growth over ten runs, in kB, after a first one: a leak grows with every run,
   * the compiler and the allocator with some.
   */
  private static long steadyGrowth(Runnable run) throws IOException {
    run.run();
    long[] growth = new long[10];
    for (int i = 0; i < growth.length; i++) {
      long before = residentKilobytes();
      run.run();
      growth[i] = residentKilobytes() - before;
    }
    Arrays.sort(growth);
    return growth[1];
  }

  private static void openAndClose(LlamaModel model, SplittableRandom random, int times) {
    for (int i = 0; i < times; i++) {
      try (LlamaContext context =
          model.open(TestModels.randomTokens(random, 4, VOCABULARY), new ContextOptions(12, 4))) {
        ask(context, random, 1);
      }
    }
  }

  private static void ask(LlamaContext context, SplittableRandom random, int times) {
    for (int i = 0; i < times; i++) {
      int[] prefix = TestModels.randomTokens(random, 1 + random.nextInt(4), VOCABULARY);
      assertThat(context.next(new int[][] {prefix})).hasSize(1);
    }
  }

  private static long residentKilobytes() throws IOException {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .mapToLong(Long::parseLong)
          .sum();
    }
  }
}
