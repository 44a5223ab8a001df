package io.tailwalk.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifiers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Probabilities below the smallest double; the frontier tests of the sampling module cover all
 * others.
 */
class FrontierTest {
  /**
   * The last token, which ends the response, has all probability except {@code e^-900} and less.
   */
  private record Sure(int vocabularySize) implements ModelContext {
    @Override
    public LogProbs[] next(int[][] prefixes) {
      double[] distribution = new double[vocabularySize];
      Arrays.fill(distribution, Double.NEGATIVE_INFINITY);
      distribution[0] = -900;
      distribution[1] = -901;
      distribution[vocabularySize - 1] = 0;
      return Arrays.stream(prefixes)
          .map(_ -> LogProbs.of(distribution.clone()))
          .toArray(LogProbs[]::new);
    }

    @Override
    public int[] promptTokenIds() {
      return new int[0];
    }

    @Override
    public int maxCompletionTokens() {
      return 5;
    }

    @Override
    public ModelUsage usage() {
      return new ModelUsage(0, 0, 0, 0);
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 3000})
  void certain_massBelowTheSmallestDouble_isStillOpen(int vocabularySize) {
    var spec =
        new TreeSpec(
            Prompt.text(""),
            new HashModel(vocabularySize).vocabulary(),
            Verifiers.length(1, 9),
            ValueFunction.ONE,
            new ExpansionRule.Enumerate(),
            3,
            List.of(),
            1);
    var explorer =
        new Explorer(spec, new Sure(vocabularySize), Budget.UNLIMITED, new CostMeter(() -> 0));
    var frontier = new Frontier(explorer, GenerationTree.ROOT);
    assertThat(frontier.found()).isZero();
    assertThat(frontier.isClosed()).isFalse();
    assertThat(frontier.logOpen()).isCloseTo(-900 + Math.log1p(Math.exp(-1)), within(1e-9));
    Interval bounded = frontier.certain(1);
    assertThat(bounded.low()).isZero();
    assertThat(bounded.width()).isPositive().isLessThan(1e-300);
    assertThat(frontier.certain(Double.POSITIVE_INFINITY).highKind()).isEqualTo(EndKind.OPEN);
    var chooser = new RandomChooser(Streams.of(1));
    int first = 0;
    for (int draw = 0; draw < 1000; draw++) {
      int slot = frontier.drawPlain(chooser).slot();
      assertThat(slot).isBetween(0, 1);
      first += slot == 0 ? 1 : 0;
    }
    // 731 of 1,000 on average; six standard deviations either way.
    assertThat(first).isBetween(647, 815);
    while (!frontier.isClosed()) {
      FrontierPrefix prefix = frontier.largest(1).getFirst();
      explorer.expand(new int[] {frontier.node(prefix)}, 1);
      frontier.enter(prefix);
    }
    assertThat(frontier.size()).isEqualTo(7);
  }
}
