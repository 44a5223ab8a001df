package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bookkeeping of prefixes, on a strict fake cache. */
class TreeEvaluatorTest {
  private static final int[] PROMPT = {3, 1, 4};
  private static final int MAX_LENGTH = 9;

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void distributions_randomPrefixes_areThoseOfTheTokensInTheCache(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int cells = PROMPT.length + MAX_LENGTH + random.nextInt(40);
    int batch = 1 + random.nextInt(12);
    FakeStore store = new FakeStore(cells, 2 + random.nextInt(8), batch, true);
    UsageMeter meter = new UsageMeter();
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, meter);
    for (int round = 0; round < 60; round++) {
      int[][] prefixes = randomPrefixes(random);
      LogProbs[] distributions = evaluator.distributions(prefixes);
      for (int i = 0; i < prefixes.length; i++) {
        assertDistribution(distributions[i], prefixes[i]);
      }
    }
    assertThat(meter.usage().modelCalls()).isEqualTo(store.calls);
    assertThat(meter.usage().promptTokens()).isEqualTo(PROMPT.length);
    assertThat(meter.usage().modelTokens()).isEqualTo((long) store.tokens - PROMPT.length);
  }

  /** States and distributions alternately, from one cache. */
  @ParameterizedTest
  @MethodSource("seeds")
  void hidden_betweenDistributions_areThoseOfTheTokensInTheCache(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int cells = PROMPT.length + MAX_LENGTH + random.nextInt(40);
    boolean tree = random.nextInt(3) > 0;
    FakeStore store = new FakeStore(cells, tree ? 2 + random.nextInt(8) : 1, 4, tree);
    Evaluator evaluator =
        tree
            ? new TreeEvaluator(store, PROMPT, new UsageMeter())
            : new StraightEvaluator(store, PROMPT, new UsageMeter());
    for (int round = 0; round < 40; round++) {
      int[][] prefixes = randomPrefixes(random);
      if (random.nextBoolean()) {
        LogProbs[] distributions = evaluator.distributions(prefixes);
        for (int i = 0; i < prefixes.length; i++) {
          assertDistribution(distributions[i], prefixes[i]);
        }
      } else {
        int[][] some = Arrays.stream(prefixes).filter(p -> p.length > 0).toArray(int[][]::new);
        float[][] states = evaluator.hidden(some);
        for (int i = 0; i < some.length; i++) {
          int[] path = Arrays.copyOf(PROMPT, PROMPT.length + some[i].length);
          System.arraycopy(some[i], 0, path, PROMPT.length, some[i].length);
          assertThat(states[i]).containsExactly(FakeStore.hidden(path));
        }
      }
    }
  }

  @Test
  void distributions_sixteenWalks_costOneCallForEachStep() {
    FakeStore store = new FakeStore(4096, 64, 512, true);
    UsageMeter meter = new UsageMeter();
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, meter);
    SplittableRandom random = new SplittableRandom(5);
    int[][] walks = new int[16][0];
    evaluator.distributions(walks);
    for (int step = 0; step < 100; step++) {
      for (int w = 0; w < walks.length; w++) {
        walks[w] = moved(walks[w], random);
      }
      evaluator.distributions(walks);
    }
    double callsPerToken = meter.usage().modelCalls() / (double) meter.usage().modelTokens();
    assertThat(callsPerToken).isLessThan(0.15);
  }

  @Test
  void distributions_sharedAncestors_areDecodedOnce() {
    FakeStore store = new FakeStore(64, 8, 64, true);
    UsageMeter meter = new UsageMeter();
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, meter);
    evaluator.distributions(new int[][] {{0, 1, 2}, {0, 1, 3}, {0, 2}, {0}, {0, 1, 2, 4}});
    assertThat(meter.usage().modelTokens()).isEqualTo(6);
    assertThat(meter.usage().modelCalls()).isEqualTo(2);
    evaluator.distributions(new int[][] {{0, 1, 2, 4, 0}, {0, 2, 2}, {0, 1, 3, 3}});
    assertThat(meter.usage().modelTokens()).isEqualTo(9);
    assertThat(meter.usage().modelCalls()).isEqualTo(3);
    assertThat(meter.usage().recomputedTokens()).isZero();
  }

  @Test
  void distributions_knownPrefixAgain_recomputesOneToken() {
    FakeStore store = new FakeStore(64, 8, 64, true);
    UsageMeter meter = new UsageMeter();
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, meter);
    evaluator.distributions(new int[][] {{0, 1, 2}});
    LogProbs again = evaluator.distributions(new int[][] {{0, 1}})[0];
    assertDistribution(again, new int[] {0, 1});
    assertThat(meter.usage().recomputedTokens()).isEqualTo(1);
    evaluator.distributions(new int[][] {{0, 1, 2, 3}});
    assertThat(meter.usage().modelTokens()).isEqualTo(5);
  }

  @Test
  void distributions_moreCellsNeededThanThereAre_isAnOverflow() {
    FakeStore store = new FakeStore(PROMPT.length + 2, 4, 8, true);
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, new UsageMeter());
    assertThatThrownBy(() -> evaluator.distributions(new int[][] {{0, 1, 2}}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("context overflow")
        .hasMessageContaining("raise the context size");
    assertDistribution(evaluator.distributions(new int[][] {{0, 1}})[0], new int[] {0, 1});
  }

  @Test
  void distributions_cacheThatCannotGoBack_isNoticed() {
    FakeStore store = new FakeStore(64, 2, 8, false);
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, new UsageMeter());
    evaluator.distributions(new int[][] {{0, 1, 2}});
    assertThatThrownBy(() -> evaluator.distributions(new int[][] {{0, 2}}))
        .isInstanceOf(RollbackRefusedException.class);
  }

  @Test
  void distributions_withoutRollback_areTheSame() {
    SplittableRandom random = new SplittableRandom(9);
    FakeStore store = new FakeStore(32, 1, 4, false);
    UsageMeter meter = new UsageMeter();
    Evaluator evaluator = new StraightEvaluator(store, PROMPT, meter);
    for (int round = 0; round < 50; round++) {
      int[][] prefixes = randomPrefixes(random);
      LogProbs[] distributions = evaluator.distributions(prefixes);
      for (int i = 0; i < prefixes.length; i++) {
        assertDistribution(distributions[i], prefixes[i]);
      }
    }
    assertThat(meter.usage().modelCalls()).isEqualTo(store.calls);
  }

  private static int[][] randomPrefixes(SplittableRandom random) {
    int[][] prefixes = new int[random.nextInt(12)][];
    for (int i = 0; i < prefixes.length; i++) {
      prefixes[i] = random.ints(random.nextInt(MAX_LENGTH + 1), 0, 2 + random.nextInt(2)).toArray();
    }
    return prefixes;
  }

  /** A step down, or up two levels and down elsewhere. */
  private static int[] moved(int[] walk, SplittableRandom random) {
    int keep = random.nextInt(4) == 0 ? Math.max(0, walk.length - 2) : walk.length;
    int[] next = Arrays.copyOf(walk, keep + 1);
    next[keep] = random.nextInt(FakeStore.VOCABULARY);
    return next;
  }

  private static void assertDistribution(LogProbs actual, int[] prefix) {
    LogProbs expected = LogProbs.of(FakeStore.distribution(TestModels.join(PROMPT, prefix)));
    assertThat(TestModels.all(actual)).isEqualTo(TestModels.all(expected));
  }
}
