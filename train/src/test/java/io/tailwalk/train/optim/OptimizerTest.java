package io.tailwalk.train.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.tailwalk.train.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each optimiser against its formula, worked out here. */
class OptimizerTest {
  private static final double[] START = {1, -2, 0.5};
  private static final double[][] GRADIENTS = {{3, 0, -4}, {0.1, 0.2, 0}, {-1, 5, 2}};

  private static double[] run(VectorOptimizer optimizer) {
    TorchEngine.get();
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray weight = manager.create(START);
      weight.setRequiresGradient(true);
      for (double[] gradient : GRADIENTS) {
        optimizer.update("w", weight, manager.create(gradient));
      }
      return weight.toDoubleArray();
    } finally {
      optimizer.close();
    }
  }

  @Test
  void sgd_steps_followTheSchedule() {
    // Rates 0.5, 1, 1 after a warm-up of two.
    double[] end = run(new Sgd(LearningRate.warmUp(1, 2)));
    assertThat(end)
        .containsExactly(
            new double[] {1 - 1.5 - 0.1 + 1, -2 - 0.2 - 5, 0.5 + 2 - 2}, within(1e-12));
  }

  @Test
  void normalisedSgd_steps_areTheGradientOverLambdaPlusItsNorm() {
    double lambda = 0.5;
    double[] expected = START.clone();
    for (double[] g : GRADIENTS) {
      double norm = Math.sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
      for (int i = 0; i < 3; i++) {
        expected[i] -= 0.3 * g[i] / (lambda + norm);
      }
    }
    assertThat(run(new NormalisedSgd(LearningRate.fixed(0.3), lambda)))
        .containsExactly(expected, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void adam_steps_areThoseOfThePaper(boolean decoupled) {
    var constants = new Adam.Constants(decoupled, 0.8, 0.9, 1e-3, 0.1);
    double[] expected = START.clone();
    double[] m = new double[3];
    double[] v = new double[3];
    for (int t = 1; t <= 3; t++) {
      for (int i = 0; i < 3; i++) {
        double decay = i < 2 ? 0.1 : 0;
        double g = GRADIENTS[t - 1][i] + (decoupled ? 0 : decay * expected[i]);
        if (decoupled) {
          expected[i] -= 0.2 * decay * expected[i];
        }
        m[i] = 0.8 * m[i] + 0.2 * g;
        v[i] = 0.9 * v[i] + 0.1 * g * g;
        double mean = m[i] / (1 - Math.pow(0.8, t));
        double square = v[i] / (1 - Math.pow(0.9, t));
        expected[i] -= 0.2 * mean / (Math.sqrt(square) + 1e-3);
      }
    }
    assertThat(run(new Adam(LearningRate.fixed(0.2), constants, 2)))
        .containsExactly(expected, within(1e-9));
  }

  @Test
  void cosine_rates_riseAndFall() {
    LearningRate rate = LearningRate.cosine(2, 4, 12, 1);
    assertThat(rate.at(1)).isEqualTo(0.5);
    assertThat(rate.at(4)).isEqualTo(2);
    assertThat(rate.at(8)).isCloseTo(1.5, within(1e-12));
    assertThat(rate.at(12)).isEqualTo(1);
    assertThat(rate.at(99)).isEqualTo(1);
  }
}
