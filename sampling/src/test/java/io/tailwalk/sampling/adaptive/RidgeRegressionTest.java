package io.tailwalk.sampling.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.Streams;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RidgeRegressionTest {

  /** At the solution the gradient of the penalised squares is zero. */
  @Test
  void solve_randomData_gradientVanishes() {
    RandomGenerator random = Streams.of(4);
    int size = 6;
    int count = 40;
    double[][] features = new double[count][size];
    double[] targets = new double[count];
    var regression = new RidgeRegression(size, 0.7);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < size; j++) {
        features[i][j] = j % 2 == 0 ? random.nextGaussian() : random.nextInt(2);
      }
      targets[i] = random.nextGaussian();
      regression.add(features[i], targets[i]);
    }
    double[] x = regression.solve();
    for (int j = 0; j < size; j++) {
      double gradient = 0.7 * x[j];
      for (int i = 0; i < count; i++) {
        double fit = 0;
        for (int k = 0; k < size; k++) {
          fit += features[i][k] * x[k];
        }
        gradient += (fit - targets[i]) * features[i][j];
      }
      assertThat(gradient).isCloseTo(0, within(1e-9));
    }
  }
}
