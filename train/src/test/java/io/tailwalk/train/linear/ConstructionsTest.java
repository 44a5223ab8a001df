package io.tailwalk.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class ConstructionsTest {
  /**
   * Expected coverage and KL of maximum likelihood on Ber(p) over all data sets: a data set of ones
   * or zeros only sends theta to the edge, so KL grows with the radius and coverage does not.
   */
  @Test
  void bernoulli_ofMaximumLikelihood_klHasNoLimitButCoverageHas() {
    double p = 0.05;
    int n = 40;
    double[] kl = new double[2];
    double[] coverage = new double[2];
    for (int i = 0; i < 2; i++) {
      double radius = i == 0 ? 10 : 1000;
      LinearProblem problem = Constructions.bernoulli(p, radius);
      var exact = new ExactCoverage(problem);
      var ones = BinomialDistribution.of(n, p);
      for (int k = 0; k <= n; k++) {
        double odds = Math.clamp(Math.log((double) k / (n - k)), -radius, radius);
        kl[i] += ones.probability(k) * problem.kl(new double[] {odds});
        coverage[i] += ones.probability(k) * exact.coverage(new double[] {odds}, 2);
      }
    }
    assertThat(kl[1]).isGreaterThan(50 * kl[0]);
    assertThat(coverage[1]).isCloseTo(coverage[0], within(1e-12));
    assertThat(coverage[0]).isLessThan(2.0 / n);
  }

  /**
   * With probability above 0.6 the rare prompt is not seen. Whatever is then guessed, one of theta*
   * = 1 and -1 has KL of at least that of the guess 0, H log(cosh 1) - ... = 0.328 H / (2n).
   */
  @Test
  void rarePrompt_unseen_costsKlInProportionToTheHorizonButHardlyCoverage() {
    int n = 50;
    assertThat(Math.pow(1 - 0.5 / n, n)).isGreaterThan(0.6);
    for (int horizon : new int[] {10, 100, 1000}) {
      LinearProblem problem = Constructions.rarePrompt(n, horizon, 1);
      double perToken = Math.tanh(1) - Math.log(Math.cosh(1));
      assertThat(problem.kl(new double[1])).isCloseTo(0.5 / n * horizon * perToken, within(1e-9));
      assertThat(new ExactCoverage(problem).coverage(new double[1], 2))
          .isLessThanOrEqualTo(0.5 / n + 1e-12);
      LinearProblem other = Constructions.rarePrompt(n, horizon, -1);
      for (double guess = -1; guess <= 1; guess += 0.1) {
        double[] theta = {guess};
        assertThat(Math.max(problem.kl(theta), other.kl(theta)))
            .isGreaterThanOrEqualTo(problem.kl(new double[1]) - 1e-12);
      }
    }
  }

  @Test
  void directionAToken_byHand() {
    double[] thetaStar = {0.3, -0.4, 0.1};
    LinearProblem problem = Constructions.directionAToken(0.25, 2, thetaStar);
    double variance =
        Arrays.stream(thetaStar).map(t -> 4 * (1 - Math.pow(Math.tanh(2 * t), 2))).sum();
    assertThat(problem.inherentVariance()).isCloseTo(0.25 * variance, within(1e-12));
    assertThat(problem.featureBound()).isEqualTo(2);
    assertThat(problem.features().horizon()).isEqualTo(3);
    assertThat(problem.truth().logProb(0, new int[] {1, 1, 0}))
        .isCloseTo(
            -Math.log1p(Math.exp(-1.2)) - Math.log1p(Math.exp(1.6)) - Math.log1p(Math.exp(0.4)),
            within(1e-12));
  }

  @Test
  void powerLaw_sumsToOneAndFallsAsStated() {
    double[] weights = Constructions.powerLaw(5, 2);
    assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-15));
    assertThat(weights[0] / weights[3]).isCloseTo(16, within(1e-12));
  }

  @Test
  void pullApart_inherentVariance_staysSmallWhileTheHorizonGrows() {
    LinearProblem problem = PullApart.problem(1024, 12);
    assertThat(problem.features().horizon()).isEqualTo(1024);
    assertThat(problem.featureBound()).isCloseTo(PullApart.LONG_BOUND, within(1e-12));
    assertThat(problem.inherentVariance()).isLessThan(10);
    assertThat(problem.kl(new double[14])).isGreaterThan(100);
  }

  /**
   * The argument of the construction, step by step: thrown by eta B H = 8, theta goes from u to a
   * point where prompt 0 is wrong, and back.
   */
  @Test
  void pullApart_largeStep_isThrownToAndFro() {
    int horizon = 256;
    LinearProblem problem = PullApart.problem(horizon, 1);
    var rule = new UpdateRule.Sgd(8 / (PullApart.LONG_BOUND * horizon));
    int[] zeros = new int[horizon];
    Arrays.fill(zeros, 1);
    UpdateRule.State state = UpdateRule.State.at(new double[3]);
    var exact = new ExactCoverage(problem);
    for (int visit = 0; visit < 20; visit++) {
      int prompt = visit % 2;
      var model = new LinearModel(problem.features(), state.theta());
      state = rule.step(state, model.gradient(new Sequence(prompt, zeros)), problem.domain());
      DistributionPair pair = exact.pair(state.theta());
      assertThat(pair.prompts().get(prompt).coverage(1e6)).isLessThan(0.01);
      if (visit > 0) {
        assertThat(pair.prompts().get(1 - prompt).coverage(1e6)).isGreaterThan(0.99);
      }
    }
  }

  /**
   * The purpose of the construction: normalised steps of one length succeed, plain steps do not.
   */
  @Test
  void pullApart_plainAndNormalizedSteps_areFarApart() {
    LinearProblem problem = PullApart.problem(512, 12);
    var exact = new ExactCoverage(problem);
    double best = 1;
    for (int i = 0; i < 12; i++) {
      var plain = SequenceTraining.of(new UpdateRule.Sgd(Math.pow(4, -i)), 1, 4096);
      best = Math.min(best, exact.coverage(train(problem, plain), 8));
    }
    var normalized = SequenceTraining.of(new UpdateRule.NormalizedSgd(0.1, 1), 8, 512);
    assertThat(exact.coverage(train(problem, normalized), 8)).isLessThan(0.005);
    assertThat(best).isGreaterThan(0.03);
  }

  private static double[] train(LinearProblem problem, SequenceTraining training) {
    var data = new DataSource(problem, new RandomChooser(Streams.of(1)));
    return training.run(problem, data, new double[problem.domain().dimension()], (_, _) -> {});
  }
}
