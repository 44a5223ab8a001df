package io.tailwalk.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.testkit.Sweep;
import org.junit.jupiter.api.Test;

class TruncatedDistillationTest {
  @Test
  void weights_crossingTheBudget_byHand() {
    assertThat(TruncatedDistillation.weights(new double[] {0.5, 1, 2, 1}, 2.5))
        .containsExactly(1, 1, 0.5, 0);
    assertThat(TruncatedDistillation.weights(new double[] {1, 1, 1}, 2)).containsExactly(1, 1, 0);
    assertThat(TruncatedDistillation.weights(new double[] {3, 0}, 2))
        .containsExactly(new double[] {2.0 / 3, 0}, within(1e-15));
    assertThat(TruncatedDistillation.weights(new double[] {0, 0}, 1)).containsExactly(1, 1);
  }

  /** A teacher at 0.9 and a student at 0: {@code a = 0.9 tanh 0.9 - log cosh 0.9} at each token. */
  @Test
  void weights_ofAStudent_areOfTheDivergenceFromTheTeacher() {
    LinearProblem problem = Constructions.rarePrompt(1, 3, 0.9);
    double a = 0.9 * Math.tanh(0.9) - Math.log(Math.cosh(0.9));
    var student = new LinearModel(problem.features(), new double[1]);
    var distillation = new TruncatedDistillation(problem.truth(), 1.5 * a);
    assertThat(distillation.weights(student, new Sequence(1, new int[] {1, 0, 1})))
        .containsExactly(new double[] {1, 0.5, 0}, within(1e-12));
  }

  /** The weighted divergences add up to the budget, or to their total if that is smaller. */
  @Test
  void weights_anyDivergences_spendTheBudget() {
    Sweep.of(51)
        .cases(50)
        .run((random, _) -> {
          double[] a = random.doubles(12, 0, 1).toArray();
          double budget = 8 * random.nextDouble();
          double[] weights = TruncatedDistillation.weights(a, budget);
          double spent = 0;
          double all = 0;
          for (int h = 0; h < a.length; h++) {
            spent += weights[h] * a[h];
            all += a[h];
            assertThat(weights[h]).isBetween(0.0, h == 0 ? 1.0 : weights[h - 1]);
          }
          assertThat(spent).isCloseTo(Math.min(budget, all), within(1e-12));
        });
  }

  @Test
  void gradient_aSequence_isTheWeightedSumOverItsTokens() {
    Sweep.of(52)
        .cases(20)
        .run((random, _) -> {
          LinearProblem problem = TestMaps.wholeHistory(random);
          var student =
              new LinearModel(problem.features(), TestMaps.theta(random, problem.domain()));
          Sequence sequence = new DataSource(problem, new RandomChooser(random)).draw();
          var distillation = new TruncatedDistillation(problem.truth(), 0.3);
          double[] gradient = new double[3];
          distillation.add(student, sequence, 2, gradient);
          double[] weights = distillation.weights(student, sequence);
          double[] expected = new double[3];
          for (int h = 0; h < weights.length; h++) {
            Cell cell = problem.features().cell(sequence.prompt(), sequence.tokens(), h);
            double[] mean = cell.mean(cell.logProbs(student.theta()));
            for (int i = 0; i < 3; i++) {
              expected[i] += 2 * weights[h] * (cell.feature(sequence.tokens()[h], i) - mean[i]);
            }
          }
          assertThat(gradient).containsExactly(expected, within(1e-13));
          double[] whole = new double[3];
          new TruncatedDistillation(problem.truth(), 1e9).add(student, sequence, 1, whole);
          assertThat(whole).containsExactly(student.gradient(sequence), within(1e-13));
        });
  }

  /**
   * Long responses, H = 256: the truncated gradient tolerates large steps that the complete one
   * does not.
   */
  @Test
  void training_largeSteps_coversBetterThanWithoutTheCut() {
    LinearProblem problem = Constructions.skills(new double[] {1}, 256, 1, new double[] {0.5});
    var rule = new UpdateRule.Sgd(0.05);
    var cut =
        new SequenceTraining(
            rule, 1, 400, new TruncatedDistillation(problem.truth(), Math.log(16)));
    double[] withCut = train(problem, cut);
    double[] without = train(problem, SequenceTraining.of(rule, 1, 400));
    assertThat(problem.kl(withCut)).isLessThan(0.3 * problem.kl(without));
  }

  private static double[] train(LinearProblem problem, SequenceTraining training) {
    var data = new DataSource(problem, new RandomChooser(Streams.of(8)));
    return training.run(problem, data, new double[1], (_, _) -> {});
  }

  @Test
  void etaOfTheory_byHand() {
    LinearProblem problem = TestMaps.markov(Streams.of(1), 2);
    var distillation = new TruncatedDistillation(problem.truth(), 1);
    assertThat(distillation.etaOfTheory(1, 1, 1)).isCloseTo(1.0 / 66, within(1e-15));
    assertThat(distillation.etaOfTheory(1, 4, 1_000_000)).isCloseTo(0.0005, within(1e-15));
    assertThat(new TruncatedDistillation(problem.truth(), 4).etaOfTheory(1, 4, 1_000_000))
        .isCloseTo(0.00025, within(1e-15));
    assertThatThrownBy(() -> new TruncatedDistillation(problem.truth(), 0))
        .hasMessageContaining("log N");
  }
}
