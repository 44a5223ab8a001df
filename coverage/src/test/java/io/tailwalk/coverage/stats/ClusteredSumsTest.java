package io.tailwalk.coverage.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  @Test
  void clusters_beforeAndAfterFolding_areCounted() {
    ClusteredSums sums = new ClusteredSums(1);
    int most = ClusteredSums.MAX_CLUSTERS;
    for (int key = 0; key < most; key++) {
      // Half of the keys lie beyond the small ones.
      ClusteredSums.count(sums.row(2L * key), 0);
      assertThat(sums.clusters()).isEqualTo(key + 1);
    }
    ClusteredSums.count(sums.row(2L * most + 1), 0);
    // Even keys below 2048 fold to the 512 even ones below 1024; 2049 folds to 1.
    assertThat(sums.clusters()).isEqualTo(most / 2 + 1);
    assertThat(sums.rows().firstKey()).isZero();
    assertThat(sums.rows().get(0L)).containsExactly(2);
    assertThat(sums.rows().get(1L)).containsExactly(1);
    assertThat(sums.totals()).containsExactly(most + 1);
  }

  @Test
  void row_negativeKeys_foldToTheirRemainder() {
    ClusteredSums folded = new ClusteredSums(1);
    for (int key = 0; key <= ClusteredSums.MAX_CLUSTERS; key++) {
      ClusteredSums.count(folded.row(key), 0);
    }
    ClusteredSums.count(folded.row(-1), 0);
    assertThat(folded.rows().get(ClusteredSums.MAX_CLUSTERS - 1L)).containsExactly(2);
    ClusteredSums apart = new ClusteredSums(1);
    ClusteredSums.count(apart.row(-1), 0);
    assertThat(apart.rows()).containsOnlyKeys(-1L);
    apart.merge(folded);
    assertThat(apart.rows().get(ClusteredSums.MAX_CLUSTERS - 1L)).containsExactly(3);
  }

  /** All keys of the folded part fold to 0; the other part's 2048 must then do so too. */
  @Test
  void merge_ofAFoldedPart_foldsTheOther() {
    long most = ClusteredSums.MAX_CLUSTERS;
    ClusteredSums folded = new ClusteredSums(1);
    for (long key = 0; key <= most; key++) {
      ClusteredSums.count(folded.row(key * most), 0);
    }
    assertThat(folded.clusters()).isOne();
    ClusteredSums apart = new ClusteredSums(1);
    ClusteredSums.count(apart.row(2 * most), 0);
    apart.merge(folded);
    assertThat(apart.rows()).containsOnlyKeys(0L);
    assertThat(apart.totals()).containsExactly(most + 2.0);
  }

  @Test
  void merge_otherWidth_isRefused() {
    assertThatThrownBy(() -> new ClusteredSums(1).merge(new ClusteredSums(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width 2 merged into 1");
  }

  /** Counts stay what sums of ones are, before and after folding and merging. */
  @ParameterizedTest
  @ValueSource(ints = {10, 5000})
  void tick_countsAsSumsOfOnesDo(int keys) {
    SplittableRandom random = new SplittableRandom(keys);
    ClusteredSums counted = new ClusteredSums(1, 2);
    ClusteredSums second = new ClusteredSums(1, 2);
    ClusteredSums summed = new ClusteredSums(3);
    for (int r = 0; r < 9000; r++) {
      ClusteredSums part = r % 3 == 0 ? counted : second;
      long key = random.nextInt(keys) - 2L;
      int column = 1 + r % 2;
      double[] row = part.row(key);
      part.tick(row, column);
      ClusteredSums.add(row, 0, r);
      double[] same = summed.row(key);
      ClusteredSums.count(same, column);
      ClusteredSums.add(same, 0, r);
    }
    counted.merge(second);
    assertThat(counted.matrix()).isDeepEqualTo(summed.matrix());
    assertThat(counted.totals()).isEqualTo(summed.totals()).contains(4500.0);
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
