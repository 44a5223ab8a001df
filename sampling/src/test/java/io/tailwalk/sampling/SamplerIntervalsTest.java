package io.tailwalk.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.tree.ArrayTree;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.ExpansionRule;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The intervals of every sampler, on random trees with correct and wrong values, at any budget. */
class SamplerIntervalsTest {
  private static final int ROUNDS = 240;
  private static final long[] BUDGETS = {1, 4, 15, 60, 300};

  /**
   * On small trees that are sampled repeatedly, larger budgets cost time without more information.
   */
  private static final long MOST_SAMPLED = 60;

  private static final List<ExpansionRule> RULES =
      List.of(Fixtures.ALL, Fixtures.ALL, new ExpansionRule.Sample(3, 1));

  /** A sampler whose interval misses in 5% of the runs fails this with a probability of 1e-6. */
  private static final int MOST_MISSES =
      BinomialDistribution.of(ROUNDS, 0.05).inverseSurvivalProbability(1e-6);

  private static List<String> names() {
    return Samplers.names();
  }

  private static ArrayTree tree(int round) {
    ArrayTree tree = TestTrees.random(round % 60);
    return switch (round / 5 % 4) {
      case 0 -> tree;
      case 1 -> TestTrees.wrongZero(tree);
      case 2 -> TestTrees.wrongValues(tree, Math.log(1000), Streams.of(round)).provingDead();
      default -> tree.withLogBound(round % 2 == 0 ? 5 : Double.POSITIVE_INFINITY);
    };
  }

  private static Map<String, String> parameters(String name, ArrayTree tree) {
    boolean needsBound =
        name.equals("outcome-rejection") && tree.logBound() == Double.POSITIVE_INFINITY;
    return needsBound ? Map.of("tau_max", "150") : Map.of();
  }

  @ParameterizedTest
  @MethodSource("names")
  void run_anyTreeAndBudget_claimsNoMoreThanIsKnown(String name) {
    int misses = 0;
    for (int round = 0; round < ROUNDS; round++) {
      ArrayTree tree = tree(round);
      ExpansionRule rule = RULES.get(round % RULES.size());
      long most = rule.equals(Fixtures.ALL) ? Long.MAX_VALUE : MOST_SAMPLED;
      long budget = Math.min(most, BUDGETS[round % BUDGETS.length]);
      Sampling sampling =
          Samplers.create(name, parameters(name, tree))
              .run(
                  Fixtures.sampling(tree.problem(), rule),
                  RunOptions.of(
                      1 + round % 4, Budget.ofModelTokens(budget).withSteps(8 * budget), round),
                  SamplingListener.NONE);
      double z = Math.exp(tree.logZ());
      Estimate estimate = sampling.successProbability();
      String what = name + " on " + tree.name() + ", round " + round + ": " + estimate;
      assertHonest(estimate, z, what);
      misses += holds(estimate.interval(), z) ? 0 : 1;
    }
    assertThat(misses).isLessThanOrEqualTo(MOST_MISSES);
  }

  private static boolean holds(Interval interval, double z) {
    return interval.low() <= z * (1 + 1e-9) && z <= interval.high() * (1 + 1e-9);
  }

  private static void assertHonest(Estimate estimate, double z, String what) {
    Interval interval = estimate.interval();
    Interval guaranteed = estimate.guaranteed();
    assertThat(holds(estimate.certain(), z)).as(what).isTrue();
    assertThat(interval.contains(estimate.value())).as(what).isTrue();
    if (estimate.isExact()) {
      assertThat(interval.width()).as(what).isLessThanOrEqualTo(1e-9 * z);
      assertThat(holds(interval, z)).as(what).isTrue();
      return;
    }
    assertThat(interval.width()).as(what).isPositive();
    assertThat(interval.low()).as(what).isGreaterThanOrEqualTo(guaranteed.low());
    assertThat(interval.high()).as(what).isLessThanOrEqualTo(guaranteed.high());
    assertThat(guaranteed.low()).as(what).isGreaterThanOrEqualTo(estimate.certain().low());
    assertThat(guaranteed.high()).as(what).isLessThanOrEqualTo(estimate.certain().high());
    assertThat(interval.lowKind()).as(what).isNotEqualTo(EndKind.OPEN);
    assertThat(interval.highKind() == EndKind.OPEN)
        .as(what)
        .isEqualTo(interval.high() == Double.POSITIVE_INFINITY);
    assertThat(estimate.standardError()).as(what).isNotEqualTo(0);
  }
}
