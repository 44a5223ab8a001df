package io.tailwalk.coverage.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusteredSumsTest {
  @ParameterizedTest
  @ValueSource(ints = {10, 1024, 1025, 5000})
  void sums_doNotDependOnOrderOrParts(int keys) {
    SplittableRandom random = new SplittableRandom(keys);
    List<double[]> rows = new ArrayList<>();
    for (int r = 0; r < 6000; r++) {
      rows.add(new double[] {random.nextInt(keys), Math.exp(20 * random.nextDouble())});
    }
    ClusteredSums straight = sum(rows);
    Collections.shuffle(rows, new Random(1));
    ClusteredSums merged = sum(rows.subList(0, 1000));
    merged.merge(sum(rows.subList(1000, 6000)));

    assertThat(merged.matrix()).isDeepEqualTo(straight.matrix());
    assertThat(merged.totals()).isEqualTo(straight.totals());
    assertThat(straight.clusters()).isLessThanOrEqualTo(ClusteredSums.MAX_CLUSTERS);
  }

  @Test
  void add_ofLargeAndSmall_keepsTheSmall() {
    ClusteredSums sums = new ClusteredSums(1);
    double[] row = sums.row(0);
    ClusteredSums.add(row, 0, 1e16);
    for (int i = 0; i < 10; i++) {
      ClusteredSums.add(row, 0, 1.0);
    }
    ClusteredSums.add(row, 0, -1e16);
    assertThat(sums.totals()).containsExactly(10.0);
  }

  private static ClusteredSums sum(List<double[]> rows) {
    ClusteredSums sums = new ClusteredSums(2);
    for (double[] row : rows) {
      double[] into = sums.row((long) row[0]);
      ClusteredSums.count(into, 0);
      ClusteredSums.add(into, 1, row[1]);
    }
    return sums;
  }
}
