package io.tailwalk.sampling.independent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.Run;
import io.tailwalk.testkit.EnumeratingChooser;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.TokenSequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The exact distributions of single draws, by enumeration. */
class GrowthTest {
  private static final List<FiniteTree> TREES = Fixtures.smallTrees(50, 40);

  private static int grown(Growth growth, Run run, Chooser chooser) {
    int[] at = {growth.root(0)};
    growth.begin(1);
    while (Growth.isOpen(run.explorer().tree(), at[0])) {
      growth.grow(at, new Chooser[] {chooser});
    }
    return at[0];
  }

  @Test
  void base_anyTree_drawsFromTheModel() {
    for (FiniteTree tree : TREES) {
      Run run = Fixtures.run(tree.problem(), Fixtures.ALL);
      var distribution =
          EnumeratingChooser.distribution(
              c -> Fixtures.tokens(run, grown(new BaseGrowth(run.explorer()), run, c)));
      var base = Fixtures.exact(tree.problem()).base();
      assertThat(ExactDistribution.totalVariation(distribution, base)).isLessThan(1e-12);
    }
  }

  @Test
  void outcomeRejection_accepted_isTheTargetAndAcceptanceIsTheMass() {
    for (FiniteTree tree : TREES) {
      double tauMax =
          tree.nodes().stream()
              .mapToDouble(node -> Double.isNaN(node.tau()) ? 0 : node.tau())
              .max()
              .orElseThrow();
      var sampler = new OutcomeRejectionSampler(tauMax, 1);
      Run run = Fixtures.run(tree.problem(), Fixtures.ALL);
      var distribution =
          EnumeratingChooser.distribution(chooser -> {
            int leaf = grown(new BaseGrowth(run.explorer()), run, chooser);
            double verdict = sampler.accept(run.explorer(), leaf, chooser);
            return Fixtures.tokens(run, verdict == 0 ? leaf : GenerationTree.NONE);
          });
      ExactDistribution exact = Fixtures.exact(tree.problem());
      distribution.remove(Fixtures.tokens(run, GenerationTree.NONE));
      double accepted = distribution.values().stream().mapToDouble(p -> p).sum();
      assertThat(tauMax * accepted).isCloseTo(exact.z(), within(1e-12));
      distribution.replaceAll((_, p) -> p / accepted);
      assertThat(ExactDistribution.totalVariation(distribution, exact.target())).isLessThan(1e-10);
    }
  }

  @Test
  void guided_anyTree_proposesByValueAndItsWeightCorrectsTheBias() {
    int biased = 0;
    for (FiniteTree tree : TREES) {
      Run run = Fixtures.run(tree.problem(), Fixtures.ALL);
      ExactDistribution exact = Fixtures.exact(tree.problem());
      Map<TokenSequence, Double> carried = new LinkedHashMap<>();
      Map<TokenSequence, Double> alive = new LinkedHashMap<>();
      EnumeratingChooser.distribution(c -> grown(new GuidedGrowth(run.explorer()), run, c))
          .forEach((leaf, p) -> {
            if (leaf != GenerationTree.NONE) {
              double weight =
                  Math.exp(ActionImportanceSampler.logWeight(run.explorer().tree(), leaf));
              carried.put(Fixtures.tokens(run, leaf), p * weight);
              alive.put(Fixtures.tokens(run, leaf), p);
            }
          });
      Fixtures.masses(exact)
          .forEach((leaf, mass) ->
              assertThat(carried.getOrDefault(leaf, 0.0)).isCloseTo(mass, within(1e-12)));
      double total = alive.values().stream().mapToDouble(p -> p).sum();
      alive.replaceAll((_, p) -> p / total);
      biased += ExactDistribution.totalVariation(alive, exact.target()) > 0.01 ? 1 : 0;
    }
    assertThat(biased).isGreaterThan(25);
  }

  @Test
  void guided_abc_hasTheStatedDistributionAndNotTheTarget() {
    Problem problem = Classics.abc(4, 0.5);
    Run run = Fixtures.run(problem, Fixtures.ALL);
    var distribution =
        EnumeratingChooser.distribution(
            c -> Fixtures.tokens(run, grown(new GuidedGrowth(run.explorer()), run, c)));
    // Inner steps toss a coin of bias 1.5 / 2.5, the last one a fair coin.
    Map<TokenSequence, Double> stated = new LinkedHashMap<>();
    for (int bits = 0; bits < 16; bits++) {
      double p = 0.5;
      int[] letters = new int[4];
      for (int h = 0; h < 4; h++) {
        letters[h] = bits >> h & 1;
        p *= h == 3 ? 1 : letters[h] == 0 ? 0.6 : 0.4;
      }
      stated.put(TokenSequence.of(letters), p);
    }
    assertThat(ExactDistribution.totalVariation(distribution, stated)).isLessThan(1e-12);
    assertThat(ExactDistribution.totalVariation(distribution, Fixtures.exact(problem).target()))
        .isCloseTo(0.148, within(0.001));
  }
}
