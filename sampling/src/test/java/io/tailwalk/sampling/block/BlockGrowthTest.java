package io.tailwalk.sampling.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.independent.Growth;
import io.tailwalk.testkit.EnumeratingChooser;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.StatisticalAssertions;
import io.tailwalk.testkit.TokenSequence;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlockGrowthTest {

  private static int grown(Growth growth, Run run, Chooser chooser) {
    int[] at = {growth.root(0)};
    while (Growth.isOpen(run.explorer().tree(), at[0])) {
      growth.grow(at, new Chooser[] {chooser});
    }
    return at[0];
  }

  private static Map<TokenSequence, Double> distribution(
      FiniteTree tree, int blockLength, int candidates, BlockChoice choice) {
    Run run = Fixtures.run(tree.problem(), Fixtures.ALL);
    var growth = new BlockGrowth(run.explorer(), blockLength, candidates, choice);
    Map<TokenSequence, Double> distribution = new LinkedHashMap<>();
    EnumeratingChooser.distribution(c -> grown(growth, run, c))
        .forEach((leaf, p) -> {
          if (leaf != GenerationTree.NONE) {
            distribution.merge(Fixtures.tokens(run, leaf), p, Double::sum);
          }
        });
    double alive = distribution.values().stream().mapToDouble(p -> p).sum();
    distribution.replaceAll((_, p) -> p / alive);
    return distribution;
  }

  /**
   * One block contains the complete response, so the distribution has a closed form in the base
   * distribution.
   */
  @ParameterizedTest
  @EnumSource
  void grow_twoCandidatesOfFullLength_distributionIsThatOfThePair(BlockChoice choice) {
    for (FiniteTree tree : Fixtures.smallTrees(10, 8)) {
      ExactDistribution exact = Fixtures.exact(tree.problem());
      Map<TokenSequence, Double> stated = new HashMap<>();
      exact
          .leaves()
          .forEach((a, leafA) ->
              exact
                  .leaves()
                  .forEach((b, leafB) -> {
                    double pair = Math.exp(leafA.logPi() + leafB.logPi());
                    double tauA = Math.exp(leafA.logTau());
                    double tauB = Math.exp(leafB.logTau());
                    if (tauA + tauB > 0) {
                      double first = firstWins(choice, tauA, tauB);
                      stated.merge(a, pair * first, Double::sum);
                      stated.merge(b, pair * (1 - first), Double::sum);
                    }
                  }));
      double alive = stated.values().stream().mapToDouble(p -> p).sum();
      stated.replaceAll((_, p) -> p / alive);
      var distribution = distribution(tree, tree.depth(), 2, choice);
      assertThat(ExactDistribution.totalVariation(distribution, stated)).isLessThan(1e-10);
    }
  }

  /** In a race of two, the lighter candidate wins with half the ratio of the weights. */
  private static double firstWins(BlockChoice choice, double a, double b) {
    return switch (choice) {
      case BEST -> a >= b ? 1 : 0;
      case PROPORTIONAL -> a / (a + b);
      case RACE -> a >= b ? 1 - b / a / 2 : a / b / 2;
    };
  }

  @ParameterizedTest
  @EnumSource
  void grow_randomTrees_isBiasedOnMost(BlockChoice choice) {
    int biased = 0;
    for (FiniteTree tree : Fixtures.smallTrees(12, 5)) {
      var target = Fixtures.exact(tree.problem()).target();
      biased +=
          ExactDistribution.totalVariation(distribution(tree, 1, 2, choice), target) > 0.01 ? 1 : 0;
    }
    assertThat(biased).isGreaterThan(6);
  }

  @Test
  void race_exactValuesAndManyCandidates_tendsToTheTarget() {
    FiniteTree tree = Fixtures.smallTrees(3, 3).getLast().withExactValues();
    var target = Fixtures.exact(tree.problem()).target();
    double few =
        ExactDistribution.totalVariation(
            distribution(tree, tree.depth(), 2, BlockChoice.RACE), target);
    double many =
        ExactDistribution.totalVariation(
            distribution(tree, tree.depth(), 7, BlockChoice.RACE), target);
    double drawn =
        ExactDistribution.totalVariation(
            distribution(tree, tree.depth(), 7, BlockChoice.PROPORTIONAL), target);
    assertThat(many).isLessThan(few / 4).isLessThan(drawn);
  }

  @Test
  void race_manyWeights_probabilitiesSumToOne() {
    RandomGenerator random = Streams.of(5);
    for (int n : new int[] {1, 2, 3, 16, 64}) {
      double[] weights = random.doubles(n).map(w -> w * w).toArray();
      weights[0] = n > 2 ? 0 : weights[0];
      double[] wins = UniformRace.winningProbabilities(weights);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        assertThat(wins[i]).isBetween(0.0, 1.0);
        sum += wins[i];
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
      assertThat(n > 2 ? wins[0] : 0).isZero();
    }
  }

  @Test
  void race_drawnUniforms_winAsOftenAsStated() {
    double[] weights = {0.2, 1.5, 0.9, 0.01, 1.2};
    double[] wins = UniformRace.winningProbabilities(weights);
    RandomGenerator random = Streams.of(6);
    Map<Integer, Long> counts = new HashMap<>();
    for (int t = 0; t < 200_000; t++) {
      int best = 0;
      double bestScore = 0;
      for (int i = 0; i < weights.length; i++) {
        double score = weights[i] / random.nextDouble();
        best = score > bestScore ? i : best;
        bestScore = Math.max(score, bestScore);
      }
      counts.merge(best, 1L, Long::sum);
    }
    Map<Integer, Double> distribution = new HashMap<>();
    for (int i = 0; i < wins.length; i++) {
      distribution.put(i, wins[i]);
    }
    StatisticalAssertions.at(1e-6).counts(distribution, counts).sees(0.03);
  }
}
