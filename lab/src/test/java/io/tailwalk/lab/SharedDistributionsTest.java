package io.tailwalk.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import org.junit.jupiter.api.Test;

/** Shared distributions are the model's, and each run is charged as if it were alone. */
class SharedDistributionsTest {
  private static final ContextOptions ROOM = new ContextOptions(8, 4);

  private final LanguageModel model = BuiltinModels.open("builtin:austen");
  private final int[] prompt = model.encode(Prompt.text("It is "));

  @Test
  void next_askedBefore_isTheModelsDistributionAtTheSameCharge() {
    int[][] prefixes = {{}, {'a'}, {'a', 'b'}, {'a'}, {'b', 'c', 'd'}};
    var shared = new SharedDistributions(model, Long.MAX_VALUE);
    try (ModelContext alone = model.open(prompt, ROOM)) {
      LogProbs[] expected = alone.next(prefixes);
      for (int run = 0; run < 3; run++) {
        try (ModelContext context = shared.open(prompt, ROOM)) {
          LogProbs[] distributions = context.next(prefixes);
          for (int i = 0; i < distributions.length; i++) {
            assertThat(distributions[i].logProb('e')).isEqualTo(expected[i].logProb('e'));
          }
          // Distinct prefixes and what lies on their paths: a, ab, b, bc, bcd.
          assertThat(context.usage().modelTokens()).as("run " + run).isEqualTo(5);
          assertThat(context.usage().modelCalls()).isEqualTo(1);
          context.next(new int[][] {{'a', 'b'}});
          assertThat(context.usage().modelTokens()).isEqualTo(5);
          assertThat(context.usage().modelCalls()).isEqualTo(1);
          context.next(new int[][] {{'b', 'c', 'e'}});
          assertThat(context.usage().modelTokens()).isEqualTo(6);
        }
      }
    }
    shared.close();
  }

  @Test
  void next_littleMemory_forgetsAndAsksAgain() {
    var counting = new CountingModel(model);
    var shared = new SharedDistributions(counting, 1);
    try (ModelContext context = shared.open(prompt, ROOM)) {
      LogProbs first = context.next(new int[][] {{'a'}})[0];
      context.next(new int[][] {{'b'}});
      assertThat(context.next(new int[][] {{'a'}})[0].logProb('n')).isEqualTo(first.logProb('n'));
      assertThat(counting.asked).isEqualTo(3);
    }
    var plenty = new SharedDistributions(counting, 1 << 20);
    try (ModelContext context = plenty.open(prompt, ROOM)) {
      context.next(new int[][] {{'a'}, {'b'}});
      context.next(new int[][] {{'a'}});
    }
    try (ModelContext context = plenty.open(prompt, ROOM)) {
      context.next(new int[][] {{'b'}});
    }
    assertThat(counting.asked).isEqualTo(5);
  }

  /** Counts the distributions asked of it. */
  private static final class CountingModel implements LanguageModel {
    private final LanguageModel base;
    private int asked;

    private CountingModel(LanguageModel base) {
      this.base = base;
    }

    @Override
    public io.tailwalk.core.model.ModelIdentity identity() {
      return base.identity();
    }

    @Override
    public io.tailwalk.core.model.Vocabulary vocabulary() {
      return base.vocabulary();
    }

    @Override
    public int[] encode(Prompt text) {
      return base.encode(text);
    }

    @Override
    public ModelContext open(int[] promptTokenIds, ContextOptions options) {
      ModelContext context = base.open(promptTokenIds, options);
      return new ModelContext() {
        @Override
        public LogProbs[] next(int[][] prefixes) {
          asked += prefixes.length;
          return context.next(prefixes);
        }

        @Override
        public int[] promptTokenIds() {
          return context.promptTokenIds();
        }

        @Override
        public int maxCompletionTokens() {
          return context.maxCompletionTokens();
        }

        @Override
        public io.tailwalk.core.model.ModelUsage usage() {
          return context.usage();
        }

        @Override
        public void close() {
          context.close();
        }
      };
    }

    @Override
    public void close() {}
  }
}
