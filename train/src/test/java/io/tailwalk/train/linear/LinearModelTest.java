package io.tailwalk.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.testkit.Sweep;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearModelTest {
  private static final double STEP = 1e-5;

  @Test
  void gradient_anyModel_agreesWithFiniteDifferences() {
    Sweep.of(11)
        .cases(60)
        .run((random, number) -> {
          LinearProblem problem =
              switch (number % 3) {
                case 0 -> TestMaps.wholeHistory(random);
                case 1 -> TestMaps.markov(random, 5);
                default -> TestMaps.positional(random);
              };
          Sequence sequence = new DataSource(problem, new RandomChooser(random)).draw();
          double[] theta = TestMaps.theta(random, problem.domain());
          double[] gradient = new LinearModel(problem.features(), theta).gradient(sequence);
          for (int i = 0; i < theta.length; i++) {
            double difference = logProb(problem, theta, i, STEP, sequence);
            difference -= logProb(problem, theta, i, -STEP, sequence);
            assertThat(gradient[i]).isCloseTo(difference / (2 * STEP), within(1e-7));
          }
        });
  }

  private static double logProb(
      LinearProblem problem, double[] theta, int i, double step, Sequence sequence) {
    double[] moved = theta.clone();
    moved[i] += step;
    return new LinearModel(problem.features(), moved).logProb(sequence.prompt(), sequence.tokens());
  }

  /** Signs with phi = y: P(y) = e^(theta y) / (2 cosh theta), gradient sum of y - tanh theta. */
  @Test
  void model_ofSigns_byHand() {
    LinearProblem problem = Constructions.rarePrompt(1, 3, 0.4);
    var model = new LinearModel(problem.features(), new double[] {0.4});
    int[] response = {1, 0, 1};
    double normalizer = Math.log(2 * Math.cosh(0.4));
    assertThat(model.logProb(1, response)).isCloseTo(0.4 - 3 * normalizer, within(1e-14));
    assertThat(model.gradient(new Sequence(1, response)))
        .containsExactly(new double[] {1 - 3 * Math.tanh(0.4)}, within(1e-14));
    assertThat(model.gradient(new Sequence(0, new int[] {1}))).containsExactly(0);
    assertThat(model.logProb(0, new int[] {1})).isCloseTo(-Math.log(2), within(1e-15));
  }

  /** Three tokens, phi = (1,0), (0,1), (0,0): the weights are e^a, e^b, 1. */
  @Test
  void model_ofThreeTokens_byHand() {
    Cell cell = Cell.dense(new double[][] {{1, 0}, {0, 1}, {0, 0}});
    var features = new PositionalFeatures(2, List.of(List.of(cell)));
    var model = new LinearModel(features, new double[] {Math.log(2), Math.log(3)});
    double[] logProbs = model.next(0, new int[0], 0);
    assertThat(logProbs[0]).isCloseTo(Math.log(2.0 / 6), within(1e-14));
    assertThat(logProbs[1]).isCloseTo(Math.log(3.0 / 6), within(1e-14));
    assertThat(logProbs[2]).isCloseTo(Math.log(1.0 / 6), within(1e-14));
    assertThat(model.gradient(new Sequence(0, new int[] {1})))
        .containsExactly(new double[] {-2.0 / 6, 1 - 3.0 / 6}, within(1e-14));
    assertThat(cell.variance(logProbs)).isCloseTo(1 / 3.0 * 2 / 3 + 0.25, within(1e-14));
  }

  @Test
  void logProb_extremeTheta_staysFinite() {
    Cell cell = Cell.dense(new double[][] {{-1e6}, {1e6}});
    var features = new PositionalFeatures(1, List.of(List.of(cell)));
    double[] logProbs = new LinearModel(features, new double[] {1}).next(0, new int[0], 0);
    assertThat(logProbs).containsExactly(-2e6, 0);
  }

  @Test
  void parts_thatDoNotFit_areRefusedByName() {
    Cell two = Cell.dense(new double[][] {{0}, {1}});
    Cell three = Cell.dense(new double[][] {{0}, {1}, {2}});
    assertThatThrownBy(() -> new PositionalFeatures(1, List.of(List.of(two, three))))
        .hasMessageContaining("2 and of 3 tokens");
    assertThatThrownBy(() -> new PositionalFeatures(0, List.of(List.of(two))))
        .hasMessageContaining("coordinate 0, theta has 0");
    assertThatThrownBy(() -> new PositionalFeatures(1, List.of(List.of())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MarkovFeatures(1, 3, List.of(List.of(two, two))))
        .hasMessageContaining("2 cells, expected 3");
    assertThatThrownBy(() -> Cell.dense(new double[][] {{0}, {Double.NaN}}))
        .hasMessageContaining("NaN");
    var features = new PositionalFeatures(1, List.of(List.of(two)));
    assertThatThrownBy(() -> new LinearModel(features, new double[2]))
        .hasMessageContaining("2 coordinates, the features have 1");
    var model = new LinearModel(features, new double[] {1.5});
    assertThatThrownBy(() -> new LinearProblem("p", model, new double[] {1}, Domain.box(1, 1)))
        .hasMessageContaining("theta* lies outside Theta");
    assertThatThrownBy(() -> new LinearProblem("p", model, new double[] {0.9}, Domain.box(1, 2)))
        .hasMessageContaining("sum to 1");
  }

  @Test
  void draw_manyResponses_followTheDistribution() {
    var random = io.tailwalk.core.random.Streams.of(5);
    LinearProblem problem = TestMaps.markov(random, 3);
    var data = new DataSource(problem, new RandomChooser(random));
    var counts = new java.util.HashMap<Sequence, Long>();
    for (int i = 0; i < 20_000; i++) {
      counts.merge(data.draw(), 1L, Long::sum);
    }
    var distribution = new java.util.HashMap<Sequence, Double>();
    for (int prompt = 0; prompt < 2; prompt++) {
      double[] logProbs = Enumeration.logProbs(problem.features(), problem.truth(), prompt);
      for (int i = 0; i < 8; i++) {
        int[] tokens = {i >> 2, i >> 1 & 1, i & 1};
        distribution.put(
            new Sequence(prompt, tokens), problem.promptWeight(prompt) * Math.exp(logProbs[i]));
      }
    }
    io.tailwalk.testkit.StatisticalAssertions.at(1e-6).counts(distribution, counts).sees(0.1);
    assertThat(Arrays.stream(distribution.values().stream().mapToDouble(p -> p).toArray()).sum())
        .isCloseTo(1, within(1e-12));
  }
}
