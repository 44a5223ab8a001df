package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;
import org.junit.jupiter.api.Test;

/** Which sequences are given up, and when, on a strict fake cache. */
class TreeEvaluatorRoomTest {
  private static final int[] PROMPT = {3, 1, 4};

  private final UsageMeter meter = new UsageMeter();

  /** Four cells are free, one of them alone, and two dead walks hold five. */
  @Test
  void laws_refusedBatch_isDecodedAtOnceWithoutTheDeadWalks() {
    FakeStore store = new FakeStore(12, 8, 8, true);
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, meter);
    evaluator.laws(new int[][] {{0, 1}});
    evaluator.laws(new int[][] {{0}, {1, 1, 1}});
    assertThat(store.used()).isEqualTo(PROMPT.length + 5);
    int before = store.calls;
    assertLaws(evaluator, new int[][] {{2}, {3}, {4}, {4, 0}});
    assertThat(store.calls - before).isEqualTo(1);
    assertThat(store.refusals).isEqualTo(1);
    assertThat(store.used()).isEqualTo(PROMPT.length + 4);
  }

  /** Three cells are free, two of them in one piece, and no walk is dead. */
  @Test
  void laws_refusedBatchWithoutDeadWalks_isDecodedInPieces() {
    FakeStore store = new FakeStore(10, 8, 8, true);
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, meter);
    evaluator.laws(new int[][] {{0, 1}});
    evaluator.laws(new int[][] {{1, 1, 1}});
    evaluator.laws(new int[][] {{1, 1, 1, 1}});
    int before = store.calls;
    assertLaws(evaluator, new int[][] {{1, 1, 1, 1, 0}, {1, 1, 1, 1, 1}, {2}});
    assertThat(store.calls - before).isEqualTo(3);
    assertThat(store.refusals).isEqualTo(2);
  }

  @Test
  void laws_batchThatNeverFits_isAnOverflow() {
    FakeStore store = new FakeStore(PROMPT.length + 3, 4, 8, true);
    Evaluator evaluator = new TreeEvaluator(store, PROMPT, meter);
    evaluator.laws(new int[][] {{0, 1, 2}});
    assertThatThrownBy(() -> evaluator.laws(new int[][] {{0, 1, 2, 3}}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("context overflow");
    assertLaws(evaluator, new int[][] {{1, 1, 1}});
  }

  private static void assertLaws(Evaluator evaluator, int[][] prefixes) {
    LogProbs[] laws = evaluator.laws(prefixes);
    for (int i = 0; i < prefixes.length; i++) {
      LogProbs expected = LogProbs.of(FakeStore.law(TestModels.join(PROMPT, prefixes[i])));
      assertThat(TestModels.all(laws[i])).isEqualTo(TestModels.all(expected));
    }
  }
}
