package io.tailwalk.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.testkit.Sweep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateRuleTest {
  private static final Domain WIDE = Domain.ball(2, 100);

  private static double[] after(UpdateRule rule, double[]... gradients) {
    UpdateRule.State state = UpdateRule.State.at(new double[] {1, 2});
    for (double[] gradient : gradients) {
      state = rule.step(state, gradient, WIDE);
    }
    assertThat(state.steps()).isEqualTo(gradients.length);
    return state.theta();
  }

  @Test
  void sgd_step_byHand() {
    assertThat(after(new UpdateRule.Sgd(0.5), new double[] {2, -4})).containsExactly(2, 0);
  }

  /** A gradient of length 5 and lambda 5: half a step of length eta. */
  @Test
  void normalizedSgd_step_byHand() {
    var rule = new UpdateRule.NormalizedSgd(0.2, 5);
    assertThat(after(rule, new double[] {3, 4}))
        .containsExactly(new double[] {1.06, 2.08}, within(1e-15));
    assertThat(after(rule, new double[] {0, 0})).containsExactly(1, 2);
    assertThat(after(new UpdateRule.NormalizedSgd(0.2, 0), new double[] {0, 0}))
        .containsExactly(1, 2);
  }

  @Test
  void normalizedSgd_anyGradient_movesByLessThanEta() {
    Sweep.of(31)
        .cases(50)
        .run((random, _) -> {
          var rule = new UpdateRule.NormalizedSgd(random.nextDouble(), random.nextDouble());
          double size = Math.exp(20 * random.nextGaussian());
          double[] to = after(rule, new double[] {size * random.nextGaussian(), size});
          assertThat(Math.hypot(to[0] - 1, to[1] - 2)).isLessThanOrEqualTo(rule.eta() * (1 + 1e-9));
        });
  }

  /** B = 1, sigma*^2 = 1, T = 10^12, N = e: eta = (1e-12)^(1/4) = 0.001, lambda = 1/0.016. */
  @Test
  void normalizedSgd_ofTheory_byHand() {
    var rule = UpdateRule.NormalizedSgd.ofTheory(1, 1, 1_000_000_000_000L, Math.E);
    assertThat(rule.eta()).isCloseTo(0.001, within(1e-15));
    assertThat(rule.lambda()).isCloseTo(62.5, within(1e-9));
    assertThat(UpdateRule.NormalizedSgd.ofTheory(1, 1, 1, Math.E).eta()).isEqualTo(1.0 / 128);
  }

  /** The first step of Adam is eta times the sign; the second is worked out by hand. */
  @Test
  void adam_twoSteps_byHand() {
    var rule = new UpdateRule.Adam(0.1, 0.5, 0.75, 1e-12);
    assertThat(after(rule, new double[] {4, -9}))
        .containsExactly(new double[] {1.1, 1.9}, within(1e-12));
    // first coordinate: m = .5 * 2 + .5 * 1 = 1.5, over .75 is 2; v = .75 * 4 + .25 * 1 = 3.25,
    // over .4375 is 52/7
    double second = 1.1 + 0.1 * 2 / Math.sqrt(52.0 / 7);
    assertThat(after(rule, new double[] {4, -9}, new double[] {1, 0})[0])
        .isCloseTo(second, within(1e-12));
  }

  @Test
  void scaled_anyRule_multipliesEtaAndNothingElse() {
    assertThat(new UpdateRule.Sgd(0.5).scaled(3)).isEqualTo(new UpdateRule.Sgd(1.5));
    assertThat(new UpdateRule.NormalizedSgd(0.5, 2).scaled(3))
        .isEqualTo(new UpdateRule.NormalizedSgd(1.5, 2));
    assertThat(UpdateRule.Adam.of(0.25).scaled(2)).isEqualTo(UpdateRule.Adam.of(0.5));
  }

  @Test
  void step_beyondTheDomain_isProjected() {
    Domain domain = Domain.ball(2, 1);
    UpdateRule.State state = UpdateRule.State.at(new double[2]);
    double[] far = {30, 40};
    assertThat(new UpdateRule.Sgd(1).step(state, far, domain).theta())
        .containsExactly(new double[] {0.6, 0.8}, within(1e-15));
  }

  @Test
  void rules_numbersOutOfRange_areRefused() {
    assertThatThrownBy(() -> new UpdateRule.Sgd(0)).hasMessageContaining("eta");
    assertThatThrownBy(() -> new UpdateRule.NormalizedSgd(1, -1)).hasMessageContaining("lambda");
    assertThatThrownBy(() -> new UpdateRule.Adam(1, 1, 0, 1e-8)).hasMessageContaining("beta1");
    assertThatThrownBy(() -> SequenceTraining.of(new UpdateRule.Sgd(1), 0, 1))
        .hasMessageContaining("batch");
  }

  /** Nearest point: x - Px makes no acute angle with any z - Px; and the gap is a maximum. */
  @Test
  void domain_projectionAndGap_areOptimal() {
    Sweep.of(32)
        .cases(50)
        .run((random, _) -> {
          Domain domain = Domain.blocks(0.7, 2, 1, 3);
          double[] x = random.doubles(6, -2, 2).toArray();
          double[] nearest = x.clone();
          domain.project(nearest);
          assertThat(domain.contains(nearest)).isTrue();
          double[] gradient = random.doubles(6, -1, 1).toArray();
          double gap = domain.gap(nearest, gradient);
          double best = 0;
          for (int i = 0; i < 200; i++) {
            double[] z = random.doubles(6, -1, 1).toArray();
            domain.project(z);
            double angle = 0;
            double gain = 0;
            for (int k = 0; k < 6; k++) {
              angle += (x[k] - nearest[k]) * (z[k] - nearest[k]);
              gain += gradient[k] * (z[k] - nearest[k]);
            }
            assertThat(angle).isLessThanOrEqualTo(1e-12);
            best = Math.max(best, gain);
          }
          assertThat(gap).isBetween(best, best + 0.8);
        });
  }

  /** Two batches of two, followed step by step. */
  @Test
  void training_batches_areMeansOfFreshSequences() {
    LinearProblem problem = TestMaps.markov(Streams.of(9), 4);
    var twin = new DataSource(problem, new RandomChooser(Streams.of(3)));
    double[] theta = new double[4];
    List<double[]> expected = new ArrayList<>();
    for (int step = 0; step < 2; step++) {
      var model = new LinearModel(problem.features(), theta);
      double[] a = model.gradient(twin.draw());
      double[] b = model.gradient(twin.draw());
      theta = theta.clone();
      for (int i = 0; i < theta.length; i++) {
        theta[i] += 0.1 * (a[i] + b[i]) / 2;
      }
      expected.add(theta);
    }
    List<double[]> seen = new ArrayList<>();
    double[] last =
        SequenceTraining.of(new UpdateRule.Sgd(0.1), 2, 2)
            .run(
                problem,
                new DataSource(problem, new RandomChooser(Streams.of(3))),
                new double[4],
                (_, iterate) -> seen.add(iterate));
    assertThat(seen).hasSize(2);
    assertThat(seen.getFirst()).containsExactly(expected.getFirst(), within(1e-15));
    assertThat(last).containsExactly(expected.getLast(), within(1e-15));
  }
}
