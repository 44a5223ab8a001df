package io.tailwalk.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.tree.ArrayTree;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.tree.ExpansionRule;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sampler with memory for one next-token distribution gives what it gives with memory for
 * all: completions, estimates and intervals, bit for bit, so that what other tests show of them
 * holds at any limit. Vocabularies are wide, because children of small ones need no distribution.
 */
class LittleMemoryTest {
  private static final ArrayTree[] TREES = TestTrees.small(12, 3, 40);

  private static Stream<String> samplers() {
    return Samplers.names().stream();
  }

  private static Sampling run(String name, ArrayTree tree, ExpansionRule rule, long bytes) {
    Budget budget = Budget.ofModelTokens(150).withSteps(3_000);
    return Samplers.create(name, Map.of())
        .run(
            Fixtures.sampling(tree.problem(), rule),
            RunOptions.of(3, budget, 5).keepingDistributions(bytes),
            SamplingListener.NONE);
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void run_memoryForOneDistribution_givesTheSameBits(String name) {
    double again = 0;
    for (ArrayTree small : TREES) {
      ArrayTree tree = TestTrees.wide(small);
      for (ExpansionRule rule :
          new ExpansionRule[] {Fixtures.ALL, new ExpansionRule.Sample(3, 1)}) {
        Sampling much = run(name, tree, rule, Long.MAX_VALUE);
        Sampling little = run(name, tree, rule, 1);
        assertThat(much.diagnostics().counts()).doesNotContainKey("recomputed_tokens");
        Map<String, Double> counts = new HashMap<>(little.diagnostics().counts());
        Double tokens = counts.remove("recomputed_tokens");
        again += tokens == null ? 0 : tokens;
        assertThat(counts).isEqualTo(much.diagnostics().counts());
        assertThat(little.draws()).isEqualTo(much.draws());
        assertThat(little.outcomes()).isEqualTo(much.outcomes());
        assertThat(little.successProbability()).isEqualTo(much.successProbability());
        assertThat(little.stopReason()).isEqualTo(much.stopReason());
        assertThat(little.cost().modelTokens()).isEqualTo(much.cost().modelTokens());
        assertThat(little.cost().nodesExpanded()).isEqualTo(much.cost().nodesExpanded());
        assertThat(little.cost().steps()).isEqualTo(much.cost().steps());
      }
    }
    assertThat(again).as("tokens evaluated again").isPositive();
  }
}
