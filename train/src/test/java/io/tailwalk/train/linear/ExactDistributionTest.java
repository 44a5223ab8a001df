package io.tailwalk.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.coverage.profile.CoverageBounds;
import io.tailwalk.testkit.Sweep;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class ExactDistributionTest {
  private static final double[] FACTORS = {1, 1.1, 1.5, 2, 3, 5, 10, 30, 100};

  /**
   * Different from all ratios that occur, because a tie at the threshold could be decided either
   * way.
   */
  private static double offTies(double n) {
    return n * (1 + 1e-9);
  }

  @Test
  void statisticTable_anyLattice_agreesWithEnumeration() {
    Sweep.of(21)
        .cases(60)
        .run((random, number) -> {
          LinearProblem problem =
              number % 2 == 0 ? TestMaps.markov(random, 7) : TestMaps.positional(random);
          double[] theta = TestMaps.theta(random, problem.domain());
          DistributionPair counted = new ExactCoverage(problem).pair(theta);
          DistributionPair listed =
              Enumeration.pair(problem, new LinearModel(problem.features(), theta));
          for (double n : FACTORS) {
            assertThat(counted.coverage(offTies(n)))
                .isCloseTo(listed.coverage(offTies(n)), within(1e-12));
          }
          assertThat(counted.kl()).isCloseTo(listed.kl(), within(1e-12));
          assertThat(problem.kl(theta)).isCloseTo(listed.kl(), within(1e-12));
          assertThat(counted.prompts().getFirst().logP().length)
              .as("groups are fewer than responses")
              .isLessThan(listed.prompts().getFirst().logP().length);
        });
  }

  @Test
  void kl_wholeHistory_agreesWithEnumeration() {
    Sweep.of(22)
        .cases(20)
        .run((random, _) -> {
          LinearProblem problem = TestMaps.wholeHistory(random);
          double[] theta = TestMaps.theta(random, problem.domain());
          DistributionPair pair =
              Enumeration.pair(problem, new LinearModel(problem.features(), theta));
          assertThat(problem.kl(theta)).isCloseTo(pair.kl(), within(1e-12));
          assertThatThrownBy(() -> new ExactCoverage(problem))
              .hasMessageContaining("no finite state");
        });
  }

  /** sigma*^2 is the variance of the score as well: E || grad log pi_theta* ||^2. */
  @Test
  void inherentVariance_anyModel_isTheMeanSquareOfTheGradient() {
    Sweep.of(23)
        .cases(20)
        .run((random, number) -> {
          LinearProblem problem =
              number % 2 == 0 ? TestMaps.wholeHistory(random) : TestMaps.markov(random, 4);
          FeatureMap features = problem.features();
          double expected = 0;
          for (int prompt = 0; prompt < features.prompts(); prompt++) {
            double[] logProbs = Enumeration.logProbs(features, problem.truth(), prompt);
            for (int i = 0; i < logProbs.length; i++) {
              int[] tokens = response(i, features.vocabularySize(), features.length(prompt));
              double norm = Domain.norm(problem.truth().gradient(new Sequence(prompt, tokens)));
              expected += problem.promptWeight(prompt) * Math.exp(logProbs[i]) * norm * norm;
            }
          }
          assertThat(problem.inherentVariance()).isCloseTo(expected, within(1e-11));
        });
  }

  /** The i-th response in lexical order. */
  private static int[] response(int i, int vocabularySize, int length) {
    int[] tokens = new int[length];
    int rest = i;
    for (int h = length - 1; h >= 0; h--) {
      tokens[h] = rest % vocabularySize;
      rest /= vocabularySize;
    }
    return tokens;
  }

  /** The log ratio of signs falls with their sum if theta* is below theta, so Cov is a tail. */
  @Test
  void coverage_longResponse_isABinomialTail() {
    int horizon = 600;
    double star = -0.3;
    double theta = 0.1;
    double[] weights = {1};
    LinearProblem problem = Constructions.skills(weights, horizon, 1, new double[] {star});
    var exact = new ExactCoverage(problem);
    assertThat(exact.table(0).size()).isEqualTo(horizon + 1);
    double perToken = Math.log(Math.cosh(star)) - Math.log(Math.cosh(theta));
    var binomial = BinomialDistribution.of(horizon, 1 / (1 + Math.exp(-2 * star)));
    for (double n : new double[] {1e9, 1e16, 1e20}) {
      // (star - theta) S - H perToken >= log n, S = 2 k - H
      double largest = -(Math.log(n) + horizon * perToken) / (theta - star);
      int k = (int) Math.floor((largest + horizon) / 2);
      double tail = binomial.cumulativeProbability(k);
      assertThat(exact.coverage(new double[] {theta}, n)).isCloseTo(tail, within(1e-10));
      assertThat(tail).isBetween(0.01, 0.9999);
    }
    double p = 1 / (1 + Math.exp(-2 * star));
    double q = 1 / (1 + Math.exp(-2 * theta));
    double kl = p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
    assertThat(problem.kl(new double[] {theta})).isCloseTo(horizon * kl, within(1e-9));
    assertThat(exact.pair(new double[] {theta}).kl()).isCloseTo(horizon * kl, within(1e-8));
  }

  /** Proposition 3.1 on random pairs, and nearly with equality for Ber(p) against Ber(p/N). */
  @Test
  void coverage_againstKl_obeysTheBoundAndCanNearlyReachIt() {
    Sweep.of(24)
        .cases(100)
        .run((random, _) -> {
          LinearProblem problem = TestMaps.markov(random, 6);
          DistributionPair pair =
              new ExactCoverage(problem).pair(TestMaps.theta(random, problem.domain()));
          for (double n : FACTORS) {
            assertThat(pair.coverage(n))
                .isLessThanOrEqualTo(CoverageBounds.fromKl(pair.kl(), n) + 1e-12);
          }
        });
    double n = 8;
    double p = 0.01;
    LinearProblem bernoulli = Constructions.bernoulli(p, 20);
    double[] theta = {Math.log(p / n / (1 - p / n))};
    DistributionPair pair = new ExactCoverage(bernoulli).pair(theta);
    assertThat(pair.coverage(n / (1 + 1e-9))).isCloseTo(p, within(1e-12));
    assertThat(CoverageBounds.fromKl(pair.kl(), n)).isBetween(p, 1.01 * p);
  }

  /** The indicator of the definition includes equality, up to the tolerance of ties. */
  @Test
  void coverage_ofTheTruthAtOne_isOne() {
    LinearProblem problem = TestMaps.markov(io.tailwalk.core.random.Streams.of(3), 6);
    DistributionPair pair = new ExactCoverage(problem).pair(problem.truth().theta());
    assertThat(pair.coverage(1)).isCloseTo(1, within(1e-12));
    assertThat(pair.coverage(1 + 1e-6)).isEqualTo(0);
    assertThat(pair.kl()).isEqualTo(0);
  }

  @Test
  void table_offTheLattice_isRefused() {
    Cell cell = Cell.dense(new double[][] {{0}, {1}, {Math.sqrt(2)}});
    var features = new PositionalFeatures(1, List.of(List.of(cell)));
    assertThatThrownBy(() -> StatisticTable.of(features, 0))
        .hasMessageContaining("not a whole multiple");
  }

  @Test
  void table_counts_addUpToAllResponses() {
    Sweep.of(25)
        .cases(10)
        .run((random, _) -> {
          LinearProblem problem = TestMaps.markov(random, 11);
          var table = StatisticTable.of((FiniteStateFeatures) problem.features(), 1);
          double count = 0;
          for (int group = 0; group < table.size(); group++) {
            count += Math.exp(table.logCount(group));
          }
          assertThat(count).isCloseTo(2048, within(1e-8));
          double[] mass = table.logMass(TestMaps.theta(random, problem.domain()));
          assertThat(Arrays.stream(mass).map(Math::exp).sum()).isCloseTo(1, within(1e-12));
        });
  }

  @Test
  void pair_massWhereTheModelHasNone_isCoveredByNoN() {
    double[] logP = {Math.log(0.25), Math.log(0.75), Double.NEGATIVE_INFINITY};
    double[] logQ = {Double.NEGATIVE_INFINITY, 0, Double.NEGATIVE_INFINITY};
    var pair = new DistributionPair(List.of(new DistributionPair.Prompt(1, logP, logQ)));
    assertThat(pair.coverage(1e300)).isCloseTo(0.25, within(1e-15));
    assertThat(pair.coverage(1)).isCloseTo(0.25, within(1e-15));
    assertThat(pair.kl()).isEqualTo(Double.POSITIVE_INFINITY);
  }
}
