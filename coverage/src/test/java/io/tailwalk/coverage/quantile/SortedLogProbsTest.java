package io.tailwalk.coverage.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.coverage.quantile.SortedLogProbs.Limits;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Ranks against a sorted array, on both sides of the number up to which values are kept. */
class SortedLogProbsTest {
  private static final int MOST = SortedLogProbs.EXACT_ROWS;
  private static final double ZERO = Double.NEGATIVE_INFINITY;

  /** Values of every magnitude, some zero, some impossible, many equal. */
  private static double[] values(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[rows];
    Arrays.setAll(
        values,
        _ ->
            switch (random.nextInt(10)) {
              case 0 -> ZERO;
              case 1 -> -0.0;
              case 2 -> -1.0;
              case 3 -> -Math.scalb(random.nextDouble(), random.nextInt(-1070, 1020));
              default -> -300 * random.nextDouble();
            });
    return values;
  }

  private static SortedLogProbs of(double... values) {
    SortedLogProbs sorted = new SortedLogProbs();
    for (double value : values) {
      sorted.add(value);
    }
    return sorted;
  }

  @Test
  void at_asManyRowsAsAreKept_isTheSortedValue() {
    double[] values = values(MOST, 1);
    SortedLogProbs sorted = of(values);
    Arrays.sort(values);
    for (int rank = 1; rank <= MOST; rank += 97) {
      assertThat(sorted.at(rank)).isEqualTo(new Limits(values[rank - 1], values[rank - 1]));
    }
    sorted.add(-1e9);
    assertThat(sorted.rows()).isEqualTo(MOST + 1L);
  }

  @Test
  void at_moreRows_containsTheSortedValueClosely() {
    double[] values = values(MOST + 1000, 2);
    SortedLogProbs sorted = of(values);
    Arrays.sort(values);
    for (int rank = 1; rank <= values.length; rank += 211) {
      double value = values[rank - 1];
      Limits limits = sorted.at(rank);
      assertThat(value).isBetween(limits.low(), limits.high());
      assertThat(limits.middle()).isBetween(limits.low(), limits.high());
      if (value < -Double.MIN_NORMAL && value > ZERO) {
        assertThat(limits.high() - limits.low()).isLessThanOrEqualTo(-value / 4096);
      }
    }
  }

  /** Parts of all sizes, kept and counted, in two orders. */
  @Test
  void merge_inAnyOrder_isTheSame() {
    for (int rows : new int[] {5000, MOST, MOST + 1, 3 * MOST}) {
      double[] values = values(rows, 3);
      SortedLogProbs whole = of(values);
      int cut = rows * 2 / 3;
      SortedLogProbs forwards = of(Arrays.copyOf(values, cut));
      forwards.merge(of(Arrays.copyOfRange(values, cut, rows)));
      SortedLogProbs backwards = of(Arrays.copyOfRange(values, cut, rows));
      backwards.merge(of(Arrays.copyOf(values, cut)));
      SortedLogProbs fromNothing = of();
      fromNothing.merge(whole);
      for (int rank = 1; rank <= rows; rank += 4999) {
        assertThat(forwards.at(rank)).isEqualTo(whole.at(rank)).isEqualTo(backwards.at(rank));
        assertThat(fromNothing.at(rank)).isEqualTo(whole.at(rank));
      }
      assertThat(forwards.at(rows)).isEqualTo(whole.at(rows));
      assertThat(forwards.rows()).isEqualTo(rows);
    }
  }

  @Test
  void at_ranksBetweenAdditions_areOfTheRowsSoFar() {
    SortedLogProbs sorted = of(-3, -1);
    assertThat(sorted.at(2).low()).isEqualTo(-1);
    sorted.add(-2);
    assertThat(sorted.at(2).low()).isEqualTo(-2);
    assertThatThrownBy(() -> sorted.at(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sorted.at(4)).isInstanceOf(IllegalArgumentException.class);
  }
}
