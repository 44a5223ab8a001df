package io.tailwalk.coverage.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterBootstrapTest {
  /** Of 10, 20, 30, 40 a share of at least the level lies at or below the quantile. */
  @ParameterizedTest
  @CsvSource({
    "0, 10",
    "0.1, 10",
    "0.25, 10",
    "0.26, 20",
    "0.5, 20",
    "0.51, 30",
    "0.75, 30",
    "0.76, 40",
    "1, 40"
  })
  void quantile_isTheLeastValueWithEnoughAtOrBelowIt(double level, double expected) {
    assertThat(ClusterBootstrap.quantile(new double[] {30, 10, 40, 20}, level)).isEqualTo(expected);
  }

  /**
   * Two clusters: a replicate takes the first twice, each once, or the second twice, with
   * probabilities 1/4, 1/2, 1/4. Of 4000 replicates the middle one has 2000 with a standard
   * deviation of 32, the others 1000 with 27; five of them are passed once in a million runs.
   */
  @Test
  void run_twoClusters_drawsTwoOfThem() {
    var seen = new TreeMap<Double, Integer>();
    new ClusterBootstrap(new double[][] {{1, 10}, {100, 20}})
        .run(
            4000,
            new SplittableRandom(3),
            totals -> {
              // 20, 30 and 40 go with 2, 101 and 200.
              assertThat(totals[1]).isEqualTo(20 + (totals[0] - 2) / 99 * 10);
              seen.merge(totals[0], 1, Integer::sum);
            });
    assertThat(seen).containsOnlyKeys(2.0, 101.0, 200.0);
    assertThat(seen.get(2.0)).isBetween(865, 1135);
    assertThat(seen.get(101.0)).isBetween(1840, 2160);
  }

  @Test
  void run_withoutClusters_hasNoTotals() {
    int[] replicates = {0};
    new ClusterBootstrap(new double[0][])
        .run(
            3,
            new SplittableRandom(3),
            totals -> {
              assertThat(totals).isEmpty();
              replicates[0]++;
            });
    assertThat(replicates[0]).isEqualTo(3);
  }
}
