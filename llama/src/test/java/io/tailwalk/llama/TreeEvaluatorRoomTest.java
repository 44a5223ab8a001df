package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Eviction of sequences, on a strict fake cache. */
class TreeEvaluatorRoomTest {
  private static final int[] PROMPT = {3, 1, 4};

  private final UsageMeter meter = new UsageMeter();

  /** Four cells are free, one of them isolated, and two dead walks hold five. */
  @Test
  void distributions_refusedBatch_isDecodedAtOnceWithoutTheDeadWalks() {
    FakeStore store = new FakeStore(12, 8, 8, true);
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, meter);
    evaluator.distributions(new int[][] {{0, 1}});
    evaluator.distributions(new int[][] {{0}, {1, 1, 1}});
    assertThat(store.used()).isEqualTo(PROMPT.length + 5);
    int before = store.calls;
    assertDistributions(evaluator, new int[][] {{2}, {3}, {4}, {4, 0}});
    assertThat(store.calls - before).isEqualTo(1);
    assertThat(store.refusals).isEqualTo(1);
    assertThat(store.used()).isEqualTo(PROMPT.length + 4);
  }

  /** Three cells are free, two of them in one piece, and no walk is dead. */
  @Test
  void distributions_refusedBatchWithoutDeadWalks_isDecodedInPieces() {
    FakeStore store = new FakeStore(10, 8, 8, true);
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, meter);
    evaluator.distributions(new int[][] {{0, 1}});
    evaluator.distributions(new int[][] {{1, 1, 1}});
    evaluator.distributions(new int[][] {{1, 1, 1, 1}});
    int before = store.calls;
    assertDistributions(evaluator, new int[][] {{1, 1, 1, 1, 0}, {1, 1, 1, 1, 1}, {2}});
    assertThat(store.calls - before).isEqualTo(3);
    assertThat(store.refusals).isEqualTo(2);
  }

  @Test
  void distributions_sixteenWalksThatStartOver_leaveNoCellsBehind() {
    FakeStore store = new FakeStore(4096, 64, 512, true);
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, meter);
    for (int round = 0; round < 3; round++) {
      for (int length = 1; length <= 40; length++) {
        evaluator.distributions(walks(16, length, round));
        assertThat(store.used()).isLessThanOrEqualTo(2 * (PROMPT.length + 16 * length));
      }
    }
    assertThat(store.used()).isEqualTo(PROMPT.length + 16 * 40);
    assertThat(meter.usage().recomputedTokens()).isZero();
  }

  /** The default cache, and one that the user made small. */
  @ParameterizedTest
  @CsvSource({"0, 63", "512, 12"})
  void distributions_asManyBranchesAsHeld_costATokenForEachStep(int contextTokens, int held) {
    LlamaOptions options =
        LlamaOptions.DEFAULTS.withContextTokens(contextTokens).withCacheType(CacheType.F16);
    ContextPlan plan = ContextPlan.of(PROMPT.length, 4096, new ContextOptions(40, 256), options);
    assertThat(plan.heldBranches()).isEqualTo(held);
    assertThat(recomputedTokens(plan, held)).isZero();
    assertThat(recomputedTokens(plan, 2 * held)).isGreaterThan(40L * held);
  }

  /** Tokens evaluated again when so many branches grow to the length of 40 tokens. */
  private static long recomputedTokens(ContextPlan plan, int branches) {
    var settings = plan.tree();
    FakeStore store =
        new FakeStore(settings.contextTokens(), settings.sequences(), settings.batchTokens(), true);
    var meter = new UsageMeter();
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, meter);
    for (int length = 1; length <= 40; length++) {
      evaluator.distributions(walks(branches, length, 0));
    }
    return meter.usage().recomputedTokens();
  }

  @Test
  void distributions_walkThatGoesBackByHalf_isNotComputedAgain() {
    FakeStore store = new FakeStore(4096, 64, 512, true);
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, meter);
    int[] walk = IntStream.range(0, 20).map(i -> i % 5).toArray();
    evaluator.distributions(new int[][] {walk});
    int[] other = Arrays.copyOf(walk, 11);
    other[10] = 4;
    evaluator.distributions(new int[][] {other});
    evaluator.distributions(new int[][] {Arrays.copyOf(walk, 21)});
    assertThat(meter.usage().recomputedTokens()).isZero();
    assertThat(store.calls).isEqualTo(4);
  }

  @Test
  void distributions_batchThatNeverFits_isAnOverflow() {
    FakeStore store = new FakeStore(PROMPT.length + 3, 4, 8, true);
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, meter);
    evaluator.distributions(new int[][] {{0, 1, 2}});
    assertThatThrownBy(() -> evaluator.distributions(new int[][] {{0, 1, 2, 3}}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("context overflow");
    assertDistributions(evaluator, new int[][] {{1, 1, 1}});
  }

  /** Walks that differ at their first token. */
  private static int[][] walks(int count, int length, int round) {
    int[][] walks = new int[count][length];
    for (int w = 0; w < count; w++) {
      walks[w][0] = round * count + w;
    }
    return walks;
  }

  private static void assertDistributions(Evaluator evaluator, int[][] prefixes) {
    LogProbs[] distributions = evaluator.distributions(prefixes);
    for (int i = 0; i < prefixes.length; i++) {
      LogProbs expected = LogProbs.of(FakeStore.distribution(TestModels.join(PROMPT, prefixes[i])));
      assertThat(TestModels.all(distributions[i])).isEqualTo(TestModels.all(expected));
    }
  }
}
