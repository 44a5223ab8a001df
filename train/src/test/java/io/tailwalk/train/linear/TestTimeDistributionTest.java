package io.tailwalk.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.testkit.EnumeratingChooser;
import io.tailwalk.testkit.Sweep;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestTimeDistributionTest {
  private static TokenUpdates updates(LinearProblem problem, double eta) {
    return new TokenUpdates(problem.features(), problem.domain(), eta);
  }

  @Test
  void distribution_allResponses_sumsToOne() {
    Sweep.of(41)
        .cases(30)
        .run((random, number) -> {
          LinearProblem problem =
              number % 2 == 0 ? TestMaps.wholeHistory(random) : TestMaps.markov(random, 8);
          double[] theta = TestMaps.theta(random, problem.domain());
          var distribution =
              new TestTimeDistribution(updates(problem, 2 * random.nextDouble()), theta);
          for (int prompt = 0; prompt < 2; prompt++) {
            double[] logProbs = Enumeration.logProbs(problem.features(), distribution, prompt);
            assertThat(Arrays.stream(logProbs).map(Math::exp).sum()).isCloseTo(1, within(1e-12));
          }
        });
  }

  @Test
  void draw_everyChoice_hasTheScoredProbability() {
    Sweep.of(42)
        .cases(10)
        .run((random, _) -> {
          LinearProblem problem = TestMaps.wholeHistory(random);
          var distribution =
              new TestTimeDistribution(
                  updates(problem, 0.5), TestMaps.theta(random, problem.domain()));
          var drawn =
              EnumeratingChooser.distribution(
                  chooser -> new Sequence(0, distribution.draw(0, chooser)));
          assertThat(drawn).hasSize(81);
          drawn.forEach((sequence, probability) ->
              assertThat(distribution.logProb(0, sequence.tokens()))
                  .isCloseTo(Math.log(probability), within(1e-10)));
        });
  }

  /**
   * Signs from theta = 0 with eta = 0.5: after +, theta = 0.5 (1 - tanh 0) = 0.5; after a second +,
   * 0.5 + 0.5 (1 - tanh 0.5).
   */
  @Test
  void distribution_ofSigns_byHand() {
    LinearProblem problem = Constructions.rarePrompt(1, 3, 0.4);
    var distribution = new TestTimeDistribution(updates(problem, 0.5), new double[1]);
    int[] response = {1, 1, 0};
    double third = 0.5 + 0.5 * (1 - Math.tanh(0.5));
    double expected = -Math.log(2) + logPlus(0.5) + logPlus(-third);
    assertThat(distribution.logProb(1, response)).isCloseTo(expected, within(1e-14));
    assertThat(distribution.next(1, response, 2)[1]).isCloseTo(logPlus(third), within(1e-14));
  }

  /** Log-probability of a plus: 1 / (1 + e^(-2 theta)). */
  private static double logPlus(double theta) {
    return -Math.log1p(Math.exp(-2 * theta));
  }

  /** Each update is eta times the finite difference of the token's log-probability. */
  @Test
  void update_anyToken_isAscentOfItsLogProbability() {
    Sweep.of(43)
        .cases(40)
        .run((random, _) -> {
          LinearProblem problem = TestMaps.wholeHistory(random);
          Domain wide = Domain.ball(3, 1e6);
          double eta = 0.3;
          var updates = new TokenUpdates(problem.features(), wide, eta);
          double[] theta = random.doubles(3, -1, 1).toArray();
          int[] response = {random.nextInt(3), random.nextInt(3), random.nextInt(3), 0};
          int h = random.nextInt(3);
          Cell cell = problem.features().cell(0, response, h);
          double[] moved = theta.clone();
          updates.update(moved, cell, cell.logProbs(theta), response[h]);
          for (int i = 0; i < 3; i++) {
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[i] += 1e-5;
            down[i] -= 1e-5;
            double slope =
                (cell.logProbs(up)[response[h]] - cell.logProbs(down)[response[h]]) / 2e-5;
            assertThat(moved[i] - theta[i]).isCloseTo(eta * slope, within(1e-8));
          }
        });
  }

  @Test
  void distribution_withoutSteps_isTheModelItself() {
    LinearProblem problem = TestMaps.markov(Streams.of(2), 6);
    double[] theta = {0.3, -0.2, 0.1, 0.5};
    var model = new LinearModel(problem.features(), theta);
    DistributionPair still =
        Enumeration.pair(problem, new TestTimeDistribution(updates(problem, 0), theta));
    DistributionPair moving =
        Enumeration.pair(problem, new TestTimeDistribution(updates(problem, 0.2), theta));
    assertThat(still.kl()).isCloseTo(problem.kl(theta), within(1e-12));
    assertThat(moving.kl()).isNotCloseTo(problem.kl(theta), within(1e-3));
    int[] response = {0, 1, 1, 0, 1, 0};
    assertThat(new TestTimeDistribution(updates(problem, 0), theta).logProb(1, response))
        .isCloseTo(model.logProb(1, response), within(1e-13));
  }

  /** Training carries parameters on; decoding in between leaves no trace. */
  @Test
  void train_twoSequences_carriesParametersAndDecodingRestoresThem() {
    LinearProblem problem = TestMaps.markov(Streams.of(4), 5);
    TokenUpdates updates = updates(problem, 0.4);
    var twin = new DataSource(problem, new RandomChooser(Streams.of(6)));
    double[] theta = new double[4];
    for (int i = 0; i < 2; i++) {
      Sequence sequence = twin.draw();
      var distribution = new TestTimeDistribution(updates, theta);
      double before = distribution.logProb(0, new int[] {1, 0, 1, 1, 0});
      for (int h = 0; h < 5; h++) {
        Cell cell = problem.features().cell(sequence.prompt(), sequence.tokens(), h);
        updates.update(theta, cell, cell.logProbs(theta), sequence.tokens()[h]);
      }
      assertThat(distribution.logProb(0, new int[] {1, 0, 1, 1, 0})).isEqualTo(before);
    }
    double[] trained =
        updates.train(
            new DataSource(problem, new RandomChooser(Streams.of(6))),
            2,
            new double[4],
            (_, _) -> {});
    assertThat(trained).containsExactly(theta, within(1e-15));
    assertThat(problem.domain().contains(trained)).isTrue();
  }

  @Test
  void etaOfTheory_byHand() {
    assertThat(TokenUpdates.etaOfTheory(2, 1, 1)).isEqualTo(0.125);
    assertThat(TokenUpdates.etaOfTheory(2, 4, 10_000)).isCloseTo(0.005, within(1e-15));
    LinearProblem problem = TestMaps.markov(Streams.of(2), 3);
    assertThatThrownBy(() -> updates(problem, -1)).hasMessageContaining("eta");
  }
}
