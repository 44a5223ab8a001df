package io.tailwalk.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.testkit.Sweep;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Normalised SGD, token-level SGD and test-time training as complete methods: each against finite
 * differences of log-probabilities, and against a linear model worked out by hand.
 */
class MethodsTest {
  private static final double STEP = 1e-5;

  /** The model of the hand-worked cases: {@code P(+) = 1 / (1 + e^(-2 theta))} at each token. */
  private static final LinearProblem SIGNS = Constructions.rarePrompt(1, 3, 0.4);

  private static double logPlus(double theta) {
    return -Math.log1p(Math.exp(-2 * theta));
  }

  /** The slope of a sum of tokens' log-probabilities, each after its own prefix. */
  private static double[] slope(
      FeatureMap features, double[] theta, Sequence sequence, int from, int to) {
    double[] slope = new double[theta.length];
    for (int i = 0; i < slope.length; i++) {
      for (int side = -1; side <= 1; side += 2) {
        double[] moved = theta.clone();
        moved[i] += side * STEP;
        var model = new LinearModel(features, moved);
        for (int h = from; h < to; h++) {
          double[] distribution = model.next(sequence.prompt(), sequence.tokens(), h);
          slope[i] += side * distribution[sequence.tokens()[h]] / (2 * STEP);
        }
      }
    }
    return slope;
  }

  private static double[] stepped(double[] theta, double[] direction, double scale, Domain domain) {
    double[] stepped = theta.clone();
    for (int i = 0; i < stepped.length; i++) {
      stepped[i] += scale * direction[i];
    }
    domain.project(stepped);
    return stepped;
  }

  /** {@code theta <- Proj(theta + eta g / (lambda + |g|))} with g the mean over a batch. */
  @Test
  void normalisedSgd_twoSteps_followFiniteDifferencesOfTheBatch() {
    Sweep.of(61)
        .cases(20)
        .run((random, _) -> {
          LinearProblem problem = TestMaps.wholeHistory(random);
          long seed = random.nextLong();
          double eta = 0.2 + random.nextDouble();
          double lambda = 0.5 * random.nextDouble();
          double[] start = TestMaps.theta(random, problem.domain());
          var twin = new DataSource(problem, new RandomChooser(Streams.of(seed)));
          double[] theta = start;
          for (int step = 0; step < 2; step++) {
            double[] g = new double[3];
            for (Sequence sequence : List.of(twin.draw(), twin.draw())) {
              double[] one =
                  slope(problem.features(), theta, sequence, 0, sequence.tokens().length);
              for (int i = 0; i < 3; i++) {
                g[i] += one[i] / 2;
              }
            }
            double norm = Math.sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
            theta = stepped(theta, g, eta / (lambda + norm), problem.domain());
          }
          double[] trained =
              SequenceTraining.of(new UpdateRule.NormalizedSgd(eta, lambda), 2, 2)
                  .run(
                      problem,
                      new DataSource(problem, new RandomChooser(Streams.of(seed))),
                      start,
                      (_, _) -> {});
          assertThat(trained).containsExactly(theta, within(1e-7));
        });
  }

  /** From 0.4 on the signs +, -, +: {@code g = 1 - 3 tanh 0.4}, which is negative. */
  @Test
  void normalisedSgd_onSigns_byHand() {
    double[] gradient =
        new LinearModel(SIGNS.features(), new double[] {0.4})
            .gradient(new Sequence(1, new int[] {1, 0, 1}));
    double g = 1 - 3 * Math.tanh(0.4);
    UpdateRule.State state = UpdateRule.State.at(new double[] {0.4});
    double moved =
        new UpdateRule.NormalizedSgd(0.3, 0.2).step(state, gradient, SIGNS.domain()).theta()[0];
    assertThat(moved).isCloseTo(0.4 + 0.3 * g / (0.2 - g), within(1e-14)).isLessThan(0.4);
    double far =
        new UpdateRule.NormalizedSgd(9, 0.2).step(state, gradient, SIGNS.domain()).theta()[0];
    assertThat(far).isCloseTo(-1, within(1e-15));
  }

  /** A step along each token's slope at the parameters that the token before left. */
  @Test
  void tokenSgd_twoSequences_followFiniteDifferencesTokenByToken() {
    Sweep.of(62)
        .cases(20)
        .run((random, _) -> {
          LinearProblem problem = TestMaps.wholeHistory(random);
          long seed = random.nextLong();
          double eta = 0.1 + random.nextDouble();
          double[] start = TestMaps.theta(random, problem.domain());
          var twin = new DataSource(problem, new RandomChooser(Streams.of(seed)));
          double[] theta = start;
          for (int i = 0; i < 2; i++) {
            Sequence sequence = twin.draw();
            for (int h = 0; h < sequence.tokens().length; h++) {
              double[] g = slope(problem.features(), theta, sequence, h, h + 1);
              theta = stepped(theta, g, eta, problem.domain());
            }
          }
          double[] trained =
              new TokenUpdates(problem.features(), problem.domain(), eta)
                  .train(
                      new DataSource(problem, new RandomChooser(Streams.of(seed))),
                      2,
                      start,
                      (_, _) -> {});
          assertThat(trained).containsExactly(theta, within(1e-7));
        });
  }

  /** From 0 with eta = 0.5 on +, +, -: 0.5, then t, then back; with eta = 2 at the edge, 1. */
  @Test
  void tokenSgd_onSigns_byHand() {
    double[] theta = new double[1];
    var updates = new TokenUpdates(SIGNS.features(), SIGNS.domain(), 0.5);
    double logProb = updates.follow(theta, 1, new int[] {1, 1, 0}, 3);
    double second = 0.5;
    double third = second + 0.5 * (1 - Math.tanh(second));
    assertThat(theta[0]).isCloseTo(third + 0.5 * (-1 - Math.tanh(third)), within(1e-14));
    assertThat(logProb).isCloseTo(logPlus(0) + logPlus(second) + logPlus(-third), within(1e-14));
    double[] far = new double[1];
    new TokenUpdates(SIGNS.features(), SIGNS.domain(), 2).follow(far, 1, new int[] {1}, 1);
    assertThat(far[0]).isCloseTo(1, within(1e-15));
  }

  /**
   * Scores and next-token distributions of responses, each starting from the trained parameters.
   */
  @Test
  void testTimeTraining_anyResponse_isScoredAlongFiniteDifferences() {
    Sweep.of(63)
        .cases(20)
        .run((random, _) -> {
          LinearProblem problem = TestMaps.wholeHistory(random);
          double eta = 0.1 + random.nextDouble();
          double[] trained = TestMaps.theta(random, problem.domain());
          var distribution =
              new TestTimeDistribution(
                  new TokenUpdates(problem.features(), problem.domain(), eta), trained);
          var data = new DataSource(problem, new RandomChooser(random));
          for (Sequence sequence : List.of(data.draw(), data.draw())) {
            double[] theta = trained;
            double logProb = 0;
            for (int h = 0; h < sequence.tokens().length; h++) {
              double[] next =
                  new LinearModel(problem.features(), theta)
                      .next(sequence.prompt(), sequence.tokens(), h);
              assertThat(distribution.next(sequence.prompt(), sequence.tokens(), h))
                  .containsExactly(next, within(1e-6));
              logProb += next[sequence.tokens()[h]];
              double[] g = slope(problem.features(), theta, sequence, h, h + 1);
              theta = stepped(theta, g, eta, problem.domain());
            }
            assertThat(distribution.logProb(sequence.prompt(), sequence.tokens()))
                .isCloseTo(logProb, within(1e-6));
          }
        });
  }

  /** Earlier decoding has no effect: every response begins with the trained 0.2. */
  @Test
  void testTimeTraining_onSigns_byHand() {
    var distribution =
        new TestTimeDistribution(
            new TokenUpdates(SIGNS.features(), SIGNS.domain(), 0.5), new double[] {0.2});
    double second = 0.2 + 0.5 * (1 - Math.tanh(0.2));
    for (int i = 0; i < 2; i++) {
      assertThat(distribution.logProb(1, new int[] {1, 1}))
          .isCloseTo(logPlus(0.2) + logPlus(second), within(1e-14));
      distribution.draw(1, new RandomChooser(Streams.of(i)));
      assertThat(distribution.next(1, new int[] {1, 0, 0}, 1)[1])
          .isCloseTo(logPlus(second), within(1e-14));
      assertThat(distribution.next(1, new int[3], 0)[1]).isCloseTo(logPlus(0.2), within(1e-14));
    }
  }
}
