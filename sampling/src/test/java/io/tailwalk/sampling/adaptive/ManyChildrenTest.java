package io.tailwalk.sampling.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.TreeSpec;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.testkit.TestVocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The children of a particle over a vocabulary that is not small. */
class ManyChildrenTest {
  private static final TestVocabulary WORDS =
      TestVocabulary.of(
          IntStream.range(0, 1_500).mapToObj(i -> "w" + i + " ").toArray(String[]::new));

  /** All tokens are equally probable. */
  private record Even() implements ModelContext {
    @Override
    public LogProbs[] next(int[][] prefixes) {
      LogProbs[] even = new LogProbs[prefixes.length];
      Arrays.setAll(even, i -> LogProbs.ofLogits(new float[WORDS.size()]));
      return even;
    }

    @Override
    public int[] promptTokenIds() {
      return new int[] {0};
    }

    @Override
    public int maxCompletionTokens() {
      return 1;
    }

    @Override
    public ModelUsage usage() {
      return ModelUsage.NONE;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  /** Passes nothing. */
  private record Never() implements Verifier {
    @Override
    public String name() {
      return "never";
    }

    @Override
    public double logReward(Candidate complete) {
      return Double.NEGATIVE_INFINITY;
    }
  }

  private static Explorer expanded(Verifier verifier) {
    var spec =
        new TreeSpec(
            Prompt.text("x"),
            WORDS,
            verifier,
            ValueFunction.ONE,
            new ExpansionRule.Enumerate(),
            1,
            List.of(),
            3);
    var explorer = new Explorer(spec, new Even(), Budget.UNLIMITED, new CostMeter(() -> 0));
    explorer.expand(new int[] {explorer.root(0)}, 1);
    return explorer;
  }

  private static ManyChildren weighed(Explorer explorer) {
    var many = new ManyChildren(explorer);
    many.weigh(explorer.root(0), Twist.NONE, 1);
    return many;
  }

  @Test
  void next_deadEnd_hasNoChild() {
    ManyChildren many = weighed(expanded(Verifiers.avoid("1")));
    assertThat(many.logSum()).isLessThan(0).isGreaterThan(-2);
    assertThat(many.next(0)).isZero();
    ManyChildren none = weighed(expanded(new Never()));
    assertThat(none.logSum()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(none.areMoreThan(0)).isFalse();
    assertThat(none.next(0)).isEqualTo(none.count());
  }

  /** A particle that cannot go on leaves the population without a child. */
  @Test
  void advance_deadEnd_endsTheRunWithoutLeaves() {
    Explorer explorer = expanded(new Never());
    var run = new ParticleRun(explorer, explorer.root(0), Twist.NONE, 8, 64, false, Streams.of(1));
    run.advance();
    assertThat(run.isDone()).isTrue();
    assertThat(run.leaves().size()).isZero();
    assertThat(run.logSuccessProbability()).isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
