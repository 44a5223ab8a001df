package io.tailwalk.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.Streams;
import io.tailwalk.testkit.StatisticalAssertions;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ThresholdResamplingTest {

  private static double[] weights(RandomGenerator random, int count) {
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      weights[i] = random.nextInt(5) == 0 ? 0 : Math.exp(4 * random.nextGaussian());
    }
    return weights;
  }

  @Test
  void threshold_randomWeights_solvesItsEquation() {
    RandomGenerator random = Streams.of(1);
    for (int round = 0; round < 2000; round++) {
      // Every twentieth is long enough to be read in blocks.
      int items = round % 20 == 0 ? 1_000 + random.nextInt(2_000) : 1 + random.nextInt(60);
      double[] weights = weights(random, items);
      int n = 1 + random.nextInt(20);
      double threshold = ThresholdResampling.threshold(weights, weights.length, n);
      long positive = Arrays.stream(weights).filter(w -> w > 0).count();
      if (positive <= n) {
        assertThat(threshold).isZero();
      } else {
        double sum = Arrays.stream(weights).map(w -> Math.min(w / threshold, 1)).sum();
        assertThat(sum).isCloseTo(n, within(1e-9));
      }
    }
  }

  /** Even weights fill the population, one heavy item forms a population alone. */
  @Test
  void worthwhile_handCases_areRight() {
    double[] even = new double[100];
    Arrays.fill(even, 0.3);
    assertThat(ThresholdResampling.worthwhile(even, 100, 20)).isEqualTo(20);
    assertThat(ThresholdResampling.worthwhile(even, 100, 100)).isEqualTo(100);
    assertThat(ThresholdResampling.worthwhile(new double[] {1, 1e-9, 1e-9}, 3, 50)).isEqualTo(1);
    assertThat(ThresholdResampling.worthwhile(new double[] {0.5, 0.44, 0.03, 0.03}, 4, 10))
        .isEqualTo(3);
  }

  @Test
  void choose_manyItems_keepsTheTotalAndAtMostNAndTheHeavy() {
    RandomGenerator random = Streams.of(2);
    for (int round = 0; round < 2000; round++) {
      double[] weights = weights(random, 2 + random.nextInt(60));
      double[] before = weights.clone();
      int n = 1 + random.nextInt(20);
      double threshold = ThresholdResampling.threshold(weights, weights.length, n);
      ThresholdResampling.choose(weights, weights.length, n, random);
      double total = Arrays.stream(before).sum();
      assertThat(Arrays.stream(weights).sum()).isCloseTo(total, within(1e-6 * total));
      assertThat(Arrays.stream(weights).filter(w -> w > 0).count())
          .isLessThanOrEqualTo(Math.max(n, threshold == 0 ? 60 : n));
      for (int i = 0; i < weights.length; i++) {
        if (before[i] >= threshold) {
          assertThat(weights[i]).isEqualTo(before[i]);
        }
        assertThat(before[i] > 0 || weights[i] == 0).isTrue();
      }
    }
  }

  /** Every item's expected new weight is its own; 30 items at false alarm 1e-7 each. */
  @Test
  void choose_repeatedly_isUnbiasedItemByItem() {
    RandomGenerator random = Streams.of(3);
    double[] weights = weights(random, 30);
    int rounds = 20_000;
    double[][] chosen = new double[30][rounds];
    for (int round = 0; round < rounds; round++) {
      double[] copy = weights.clone();
      ThresholdResampling.choose(copy, 30, 7, random);
      for (int i = 0; i < 30; i++) {
        chosen[i][round] = copy[i];
      }
    }
    double threshold = ThresholdResampling.threshold(weights, 30, 7);
    var atLevel = StatisticalAssertions.at(1e-7);
    for (int i = 0; i < 30; i++) {
      if (weights[i] > 0.01 * threshold && weights[i] < threshold) {
        atLevel.mean(chosen[i], weights[i]).sees(0.1 * threshold);
      }
    }
  }
}
