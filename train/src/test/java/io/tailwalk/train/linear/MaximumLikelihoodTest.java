package io.tailwalk.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.testkit.Sweep;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaximumLikelihoodTest {
  private static final double TOLERANCE = 1e-11;

  /** Signs: theta = atanh of the mean sign, cut to the domain. */
  @Test
  void fit_ofSigns_isTheClosedForm() {
    LinearProblem problem = Constructions.rarePrompt(1, 5, 0.4);
    var seen = List.of(new Sequence(1, new int[] {1, 1, 0, 1, 0}), new Sequence(0, new int[] {0}));
    var fit =
        MaximumLikelihood.fit(problem.features(), problem.domain(), seen, new double[1], TOLERANCE);
    double mean = 0.2;
    assertThat(Math.tanh(fit.theta()[0])).isCloseTo(mean, within(1e-5));
    assertThat(fit.gap()).isBetween(0.0, TOLERANCE);
    var allPlus = List.of(new Sequence(1, new int[] {1, 1, 1, 1, 1}));
    var edge =
        MaximumLikelihood.fit(
            problem.features(), problem.domain(), allPlus, new double[1], TOLERANCE);
    assertThat(edge.theta()[0]).isCloseTo(1, within(1e-12));
    assertThat(edge.logLikelihood()).isCloseTo(-5 * Math.log1p(Math.exp(-2)), within(1e-10));
  }

  @Test
  void fit_withoutNews_staysAtTheStart() {
    LinearProblem problem = Constructions.rarePrompt(1, 5, 0.4);
    var silent = List.of(new Sequence(0, new int[] {0}));
    var fit =
        MaximumLikelihood.fit(
            problem.features(), problem.domain(), silent, new double[] {0.3}, TOLERANCE);
    assertThat(fit.theta()).containsExactly(0.3);
  }

  /** No point tried beats it by more than its proven gap, and its likelihood is the data's. */
  @Test
  void fit_randomData_isNotBeaten() {
    Sweep.of(61)
        .cases(30)
        .run((random, number) -> {
          LinearProblem problem =
              number % 2 == 0 ? TestMaps.wholeHistory(random) : TestMaps.markov(random, 6);
          List<Sequence> data = new DataSource(problem, new RandomChooser(random)).draw(20L);
          double[] start = TestMaps.theta(random, problem.domain());
          var fit =
              MaximumLikelihood.fit(problem.features(), problem.domain(), data, start, TOLERANCE);
          assertThat(problem.domain().contains(fit.theta())).isTrue();
          assertThat(likelihood(problem, fit.theta(), data))
              .isCloseTo(fit.logLikelihood(), within(1e-11));
          for (int i = 0; i < 100; i++) {
            double[] other = TestMaps.theta(random, problem.domain());
            for (int k = 0; k < other.length; k++) {
              other[k] = fit.theta()[k] + (other[k] - fit.theta()[k]) * Math.pow(2, -i / 10.0);
            }
            assertThat(likelihood(problem, other, data))
                .isLessThanOrEqualTo(fit.logLikelihood() + TOLERANCE + 1e-12);
          }
        });
  }

  private static double likelihood(LinearProblem problem, double[] theta, List<Sequence> data) {
    var model = new LinearModel(problem.features(), theta);
    return data.stream()
        .mapToDouble(sequence -> model.logProb(sequence.prompt(), sequence.tokens()))
        .average()
        .orElseThrow();
  }

  @Test
  void fit_muchData_findsTheTruth() {
    LinearProblem problem = TestMaps.markov(Streams.of(12), 20);
    List<Sequence> data = new DataSource(problem, new RandomChooser(Streams.of(13))).draw(4000L);
    var fit =
        MaximumLikelihood.fit(problem.features(), problem.domain(), data, new double[4], 1e-9);
    assertThat(problem.kl(fit.theta())).isLessThan(0.005);
    assertThat(problem.kl(new double[4])).isGreaterThan(0.1);
  }

  @Test
  void fit_nothing_isRefused() {
    LinearProblem problem = TestMaps.markov(Streams.of(12), 2);
    assertThatThrownBy(() ->
            MaximumLikelihood.fit(
                problem.features(), problem.domain(), List.of(), new double[4], 1e-9))
        .hasMessageContaining("data");
  }
}
