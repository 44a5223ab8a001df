package io.tailwalk.sampling.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {
  /**
   * Samples of a generalised Pareto distribution, of which every tail is one with the same shape.
   * The standard error is about {@code (1 + k) / sqrt(tail)}; the prior draws towards 0.5.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 0.8})
  void paretoShape_generalisedPareto_isItsShape(double shape) {
    RandomGenerator random = Streams.of(31);
    double mean = 0;
    int samples = 40;
    for (int s = 0; s < samples; s++) {
      double[] weights = new double[4000];
      Arrays.setAll(weights, _ -> 1 + (Math.pow(1 - random.nextDouble(), -shape) - 1) * 2 / shape);
      double fitted = Weights.paretoShape(weights);
      assertThat(fitted).isCloseTo(shape, within(0.6));
      mean += fitted / samples;
    }
    double tail = 3 * Math.sqrt(4000);
    double drawn = (shape * tail + 5) / (tail + 10);
    assertThat(mean).isCloseTo(drawn, within(4 * (1 + shape) / Math.sqrt(tail * samples)));
  }

  @Test
  void paretoShape_scaledWeights_isTheSame() {
    RandomGenerator random = Streams.of(32);
    double[] weights = new double[500];
    Arrays.setAll(weights, _ -> Math.exp(2 * random.nextGaussian()));
    double[] scaled = Arrays.stream(weights).map(w -> 1e9 * w).toArray();
    assertThat(Weights.paretoShape(scaled)).isCloseTo(Weights.paretoShape(weights), within(1e-6));
    assertThat(Weights.paretoShape(weights)).isBetween(0.3, 1.2);
  }

  @Test
  void paretoShape_fewOrEqualWeights_isUnknown() {
    double[] few = new double[24];
    Arrays.setAll(few, i -> 1 + i);
    assertThat(Weights.paretoShape(few)).isNaN();
    assertThat(Weights.paretoShape(new double[100])).isNaN();
  }

  @Test
  void effectiveSize_knownWeights_isKishs() {
    assertThat(Weights.effectiveSize(1, 1, 1, 1)).isEqualTo(4);
    assertThat(Weights.effectiveSize(1, 0, 0)).isEqualTo(1);
    assertThat(Weights.effectiveSize(1e300, 1e300, 1)).isCloseTo(2, within(1e-12));
    assertThat(Weights.effectiveSize(1e-300, 3e-300)).isCloseTo(1.6, within(1e-12));
    assertThat(Weights.effectiveSize(0, 0)).isZero();
    assertThat(Weights.effectiveSize()).isZero();
    assertThat(Weights.largestShare(1, 3)).isEqualTo(0.75);
    assertThat(Weights.largestShare(0, 0)).isZero();
  }

  private static double[] autoregressive(double coefficient, int n, long seed) {
    RandomGenerator random = Streams.of(seed);
    double[] chain = new double[n];
    double at = random.nextGaussian();
    for (int i = 0; i < n; i++) {
      chain[i] = at;
      at = coefficient * at + Math.sqrt(1 - coefficient * coefficient) * random.nextGaussian();
    }
    return chain;
  }

  /** The autocorrelation time of an AR(1) chain is {@code (1 + a) / (1 - a)}. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.8})
  void effectiveSize_autoregressiveChain_isLengthOverItsTime(double coefficient) {
    int n = 6000;
    double mean = 0;
    for (int seed = 0; seed < 10; seed++) {
      double[] chain = autoregressive(coefficient, n, 100 + seed);
      mean += Autocorrelation.effectiveSize(chain) / 10;
    }
    double expected = n * (1 - coefficient) / (1 + coefficient);
    assertThat(mean).isCloseTo(expected, within(0.12 * expected));
  }

  @Test
  void effectiveSize_edgesOfChains_areWithinOneAndTheLength() {
    assertThat(Autocorrelation.effectiveSize()).isZero();
    assertThat(Autocorrelation.effectiveSize(7)).isEqualTo(1);
    double[] same = new double[50];
    assertThat(Autocorrelation.effectiveSize(same)).isEqualTo(1);
    Arrays.fill(same, 0.1);
    assertThat(Autocorrelation.effectiveSize(same)).isBetween(1.0, 1.5);
    double[] jumps = new double[50];
    Arrays.setAll(jumps, i -> i < 25 ? 0 : 1);
    assertThat(Autocorrelation.effectiveSize(jumps)).isBetween(1.0, 4.0);
    double[] swings = new double[50];
    Arrays.setAll(swings, i -> i % 2);
    assertThat(Autocorrelation.effectiveSize(swings)).isBetween(25.0, 50.0);
  }
}
