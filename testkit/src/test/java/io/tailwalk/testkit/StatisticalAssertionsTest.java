package io.tailwalk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.testkit.StatisticalAssertions.Resolution;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Calibration: on correct samples each assertion fails at about the stated rate, and on samples
 * with a detectable discrepancy it almost always fails. Fixed seeds, so the tests are
 * deterministic.
 */
class StatisticalAssertionsTest {
  private static final int RUNS = 1000;
  private static final StatisticalAssertions LOOSE = StatisticalAssertions.at(0.05);

  private interface Trial {
    Resolution run(RandomGenerator random);
  }

  private static double failures(Trial trial) {
    int failed = 0;
    for (int i = 0; i < RUNS; i++) {
      try {
        Resolution unused = trial.run(Streams.of(11, i));
        failed += unused.discrepancy() > 0 ? 0 : RUNS;
      } catch (AssertionError e) {
        failed++;
      }
    }
    return (double) failed / RUNS;
  }

  private static Map<Integer, Double> geometricDistribution() {
    var distribution = new LinkedHashMap<Integer, Double>();
    for (int i = 0; i < 20; i++) {
      distribution.put(i, Math.pow(0.5, Math.min(i + 1, 19)));
    }
    return distribution;
  }

  private static Map<Integer, Long> draw(
      Map<Integer, Double> distribution, RandomGenerator random) {
    double[] cumulative = new double[distribution.size()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += distribution.getOrDefault(i, 0.0);
      cumulative[i] = sum;
    }
    var chooser = new RandomChooser(random);
    var counts = new HashMap<Integer, Long>();
    for (int i = 0; i < 500; i++) {
      counts.merge(chooser.categorical(cumulative, 0, cumulative.length), 1L, Long::sum);
    }
    return counts;
  }

  @Test
  void counts_rightDistribution_failsAtTheStatedRate() {
    assertThat(
            failures(r -> LOOSE.counts(geometricDistribution(), draw(geometricDistribution(), r))))
        .isBetween(0.025, 0.08);
  }

  @Test
  void counts_distributionOffByTheStatedDistance_fails() {
    double seen =
        LOOSE
            .counts(geometricDistribution(), draw(geometricDistribution(), Streams.of(1)))
            .discrepancy();
    var off = geometricDistribution();
    double shift = seen / 2 * 1.001;
    off.merge(0, shift, Double::sum);
    off.merge(1, -shift * 0.5, Double::sum);
    off.merge(2, -shift * 0.5, Double::sum);
    assertThat(failures(r -> LOOSE.counts(geometricDistribution(), draw(off, r))))
        .isGreaterThan(0.95);
  }

  @Test
  void counts_impossibleOutcome_failsAtOnce() {
    assertThatThrownBy(() -> LOOSE.counts(Map.of("a", 1.0, "b", 0.0), Map.of("a", 500L, "b", 1L)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("drew b, which has probability zero");
  }

  @Test
  void mean_rightAndWrong_failAtTheStatedRates() {
    assertThat(failures(r -> LOOSE.mean(r.doubles(200).toArray(), 0.5))).isBetween(0.025, 0.08);
    double seen = LOOSE.mean(Streams.of(1).doubles(200).toArray(), 0.5).discrepancy();
    assertThat(failures(r -> LOOSE.mean(r.doubles(200).toArray(), 0.5 + seen))).isGreaterThan(0.95);
  }

  @Test
  void meanOfChain_tooFewEffectiveSamples_saysNotMixing() {
    double[] values = Streams.of(1).doubles(500).toArray();
    assertThatThrownBy(() -> LOOSE.meanOfChain(values, 0.5, 20, 100))
        .hasMessageContaining("not mixing");
    assertThatThrownBy(() -> LOOSE.meanOfChain(values, 0.9, 400, 100))
        .hasMessageContaining("biased");
  }

  @Test
  void proportion_rightAndWrong_failAtTheStatedRates() {
    assertThat(failures(r -> LOOSE.proportion(successes(r, 0.3), 400, 0.3))).isBetween(0.02, 0.06);
    double seen = LOOSE.proportion(120, 400, 0.3).discrepancy();
    assertThat(failures(r -> LOOSE.proportion(successes(r, 0.3 + seen), 400, 0.3)))
        .isGreaterThan(0.95);
  }

  private static long successes(RandomGenerator random, double p) {
    return random.doubles(400).filter(u -> u < p).count();
  }

  /** The inequality is conservative: it may fail less often than stated, but not more. */
  @Test
  void distribution_rightAndWrong_failAtTheStatedRates() {
    assertThat(failures(r -> LOOSE.distribution(r.doubles(300).toArray(), u -> clip(u))))
        .isLessThan(0.07);
    double seen =
        LOOSE.distribution(Streams.of(1).doubles(300).toArray(), u -> clip(u)).discrepancy();
    assertThat(failures(r -> LOOSE.distribution(r.doubles(300).toArray(), u -> clip(u + seen))))
        .isGreaterThan(0.95);
  }

  private static double clip(double u) {
    return Math.clamp(u, 0.0, 1.0);
  }

  @Test
  void sees_smallSample_isRefused() {
    Resolution coarse = LOOSE.proportion(5, 10, 0.5);
    assertThatThrownBy(() -> coarse.sees(0.05)).hasMessageContaining("draw more");
  }
}
