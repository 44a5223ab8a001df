package io.tailwalk.lab.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.PerturbedValue;
import io.tailwalk.builtin.problem.PrefixError;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.lab.Problems;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Samplers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Distributions worked out on whole trees, against formulas, the target, and the samplers
 * themselves.
 */
class FlatTreeTest {
  private static final int LENGTH = 4;

  /** Independent errors on every prefix of ABC, those with a c included. */
  private static Problem noisy() {
    Problem abc = Classics.abc(LENGTH, 0);
    var everywhere =
        new PerturbedValue(prefix -> -1.0 * (LENGTH - prefix.tokenIds().length), iid(), LENGTH);
    return abc.withValue("noisy", everywhere);
  }

  private static PrefixError iid() {
    return PrefixError.iid(0.7, 5);
  }

  @Test
  void actionLevel_onAbc_hasTheDistanceOfTheFormula() {
    FlatTree tree = FlatTree.of(Classics.abc(6, 0.5));
    double distance = Binomial.totalVariation(tree.actionLevel().leaves(), tree.target());
    assertThat(distance).isCloseTo(AbcCases.of(6, 0.5).actionDistance(), within(1e-12));
    assertThat(tree.actionLevel().success()).isCloseTo(1, within(1e-12));
  }

  @Test
  void wholeDistribution_ofAbc_holdsWhileWalksArriveAndDescentsAreAsFarAsTheirCells() {
    WholeDistribution distribution;
    try (Workers workers = new Workers(1)) {
      distribution = WholeDistribution.of(AbcCases.of(4, 0.5), workers);
    }
    assertThat(distribution.holds()).isTrue();
    assertThat(distribution.actionLevel()).isCloseTo(0.148, within(1e-12));
    assertThat(distribution.vgb()).isPositive().isLessThan(1e-5);
    assertThat(distribution.text()).startsWith("H=4").contains("0.148");
    assertThat(new WholeDistribution(4, 0.149, 0, 0, 0.148).holds()).isFalse();
    assertThat(new WholeDistribution(4, 0.148, 0.021, 0, 0.148).text()).startsWith("fails: H=4");
    assertThat(new WholeDistribution(4, 0.148, 0, 0.021, 0.148).holds()).isFalse();
  }

  @Test
  void walks_forLong_reachTheTarget_andDescentsDoNot() {
    FlatTree tree = FlatTree.of(noisy());
    double[] target = tree.target();
    assertThat(CellDistributions.kl(tree.vgb(4000).leaves(), target)).isCloseTo(0, within(1e-9));
    assertThat(CellDistributions.kl(tree.momentum(4000).leaves(), target))
        .isCloseTo(0, within(1e-9));
    assertThat(CellDistributions.kl(tree.actionLevel().leaves(), target)).isGreaterThan(0.05);
  }

  /** On one letter: half the mass has come down after each lazy step, for either walk. */
  @Test
  void walks_onOneLetter_standOnALeafHalfTheTime() {
    FlatTree tree = FlatTree.of(Classics.abc(1, 0));
    for (int steps = 1; steps < 4; steps++) {
      assertThat(tree.vgb(steps).success()).isCloseTo(0.5, within(1e-12));
      assertThat(tree.momentum(steps).success()).isCloseTo(0.5, within(1e-12));
    }
  }

  /**
   * Few steps, so that the distribution is far from the target: sampler and computation must agree
   * there.
   */
  @Test
  void vgb_afterFewSteps_isTheDistributionOfTheFixedTimeSampler() {
    int steps = 24;
    int wanted = 20_000;
    Problem problem = noisy();
    FlatTree.Outcome computed = FlatTree.of(problem).vgb(steps);
    var sampler =
        Samplers.create("vgb", Map.of("form", "fixed-time", "steps", "" + steps, "calibrate", "0"));
    var sampling = Problems.run(problem, sampler, RunOptions.of(wanted, Budget.UNLIMITED, 11));
    double attempts = sampling.diagnostics().counts().getOrDefault("attempts", 0.0);
    double accepted = sampling.diagnostics().draws().accepted();
    double error = Math.sqrt(computed.success() / attempts);
    assertThat(accepted / attempts).isCloseTo(computed.success(), within(4 * error));
    double chiSquare = 0;
    int cells = 0;
    for (Completion outcome : sampling.outcomes()) {
      int cell = outcome.tokenIds().stream().reduce(0, (sum, token) -> 3 * sum + token);
      double expected = accepted * computed.leaves()[cell];
      double excess = accepted * outcome.weight() - expected;
      chiSquare += excess * excess / expected;
      cells++;
    }
    assertThat(cells).isEqualTo(1 << LENGTH);
    // 15 degrees of freedom: exceeded once in a hundred thousand.
    assertThat(chiSquare).isLessThan(50);
  }
}
