package io.tailwalk.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.tree.ArrayTree;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.Rewards;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sampler on rewards of every scale of a double, with values of the same scale or not. */
class RewardScaleTest {
  private static final double[] LOG_SCALES = {0, -5000, -740, -720, -690, -368, 368, 688};

  private static Stream<String> samplers() {
    return Samplers.names().stream();
  }

  /**
   * The same tree with rewards times {@code e^logScale}; values are scaled too, unchanged, or far
   * beyond all doubles.
   */
  private static ArrayTree scaled(ArrayTree tree, double logScale, int kind) {
    double[] logValues = new double[tree.size()];
    for (int node = 0; node < logValues.length; node++) {
      double logValue = tree.logValue(node);
      logValues[node] =
          tree.isLeaf(node) || kind == 0
              ? logValue + logScale
              : kind == 1 ? logValue : logValue + 2000;
    }
    return tree.withLogValues(logValues)
        .withLogBound(kind == 1 ? Double.POSITIVE_INFINITY : tree.logBound() + logScale);
  }

  /**
   * Rejection compares a reward with its bound, both smaller than any double or nearly too large.
   */
  @Test
  void outcomeRejection_rewardsOnTheirBound_areAllAccepted() {
    for (double logScale : LOG_SCALES) {
      ArrayTree tree = scaled(TestTrees.allPass(TestTrees.random(3)), logScale, 0);
      Sampling sampling =
          Samplers.create("outcome-rejection", Map.of())
              .run(
                  Fixtures.sampling(tree.problem(), Fixtures.ALL),
                  RunOptions.of(30, Budget.UNLIMITED.withSteps(2000), 1),
                  SamplingListener.NONE);
      assertThat(sampling.draws()).hasSize(30);
      assertThat(sampling.diagnostics().counts()).containsEntry("drawn", 32.0);
    }
  }

  /**
   * If values have the scale of the rewards, the same responses are found as at scale 1, which runs
   * first. Outcome rejection needs a bound.
   */
  @ParameterizedTest
  @MethodSource("samplers")
  void run_rewardsOfAnyScale_holdTheTruthForCertain(String name) {
    ArrayTree[] trees = TestTrees.small(4, 4, 40);
    boolean[] foundAtOne = new boolean[12];
    for (double logScale : LOG_SCALES) {
      for (int i = 0; i < foundAtOne.length; i++) {
        int kind = i % 3;
        if (kind == 1 && name.equals("outcome-rejection")) {
          continue;
        }
        ArrayTree tree = scaled(trees[i % trees.length], logScale, kind);
        Sampling sampling = run(name, tree, i);
        assertSound(sampling, tree);
        boolean found = !sampling.outcomes().isEmpty();
        foundAtOne[i] |= logScale == 0 && kind == 0 && found;
        assertThat(found || !foundAtOne[i]).as("case %s at %s", i, logScale).isTrue();
      }
    }
  }

  private static Sampling run(String name, ArrayTree tree, int number) {
    ExpansionRule rule = number % 2 == 0 ? Fixtures.ALL : new ExpansionRule.Sample(3, 1);
    Budget budget = Budget.UNLIMITED.withNodes(3 + 4 * number).withSteps(400);
    return Samplers.create(name, Map.of())
        .run(
            Fixtures.sampling(tree.problem(), rule),
            RunOptions.of(8, budget, number),
            SamplingListener.NONE);
  }

  /** Certain ends always hold; other misses are the same at all scales. */
  private static void assertSound(Sampling sampling, ArrayTree tree) {
    Estimate estimate = sampling.successProbability();
    double z = Math.exp(tree.logZ());
    assertThat(estimate.certain().contains(z)).as("%s in %s", z, estimate).isTrue();
    assertThat(estimate.certain().high()).isPositive();
    assertThat(estimate.value()).isFinite();
    assertThat(estimate.guaranteed().high())
        .isLessThanOrEqualTo(Rewards.bound(tree.problem().verifier()));
    double sum = sampling.outcomes().stream().mapToDouble(Completion::weight).sum();
    assertThat(sum).isCloseTo(sampling.outcomes().isEmpty() ? 0 : 1, within(1e-9));
  }
}
