package io.tailwalk.coverage.quantile;

import static io.tailwalk.coverage.stats.ClusteredRows.equal;
import static io.tailwalk.coverage.stats.ClusteredRows.promptSizes;
import static io.tailwalk.coverage.stats.ClusteredRows.uneven;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.stats.ClusteredRows.Dependence;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.stats.QuantileRanks;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How often an interval misses the quantile. Rows are uniform on (0, 1), so the quantile is epsilon
 * itself. At delta 0.1 each of 1,200 data sets misses with probability 0.1 at most, so more than
 * 172 misses have probability below 1e-6 a cell; there are 7 dependences, 4 tables of sizes and 3
 * shares. Intervals of independent rows, planted where prompts have several, miss in far more.
 */
class QuantileIntervalTest {
  private static final double DELTA = 0.1;
  private static final int DATA_SETS = 1200;
  private static final int MOST_MISSES = 172;
  private static final double[] SHARES = {0.05, 0.3, 0.5};

  @ParameterizedTest
  @EnumSource(Dependence.class)
  void interval_ofClusteredRows_missesAtMostDelta(Dependence dependence) {
    for (int[] sizes : new int[][] {equal(60, 1), equal(60, 5), equal(12, 30), uneven(80, 40)}) {
      PromptSizes prompts = promptSizes(sizes);
      int[] misses = misses(dependence, sizes, prompts, new SplittableRandom(0xBAD));
      for (int k = 0; k < SHARES.length; k++) {
        assertThat(misses[k])
            .as("%s, %d prompts, epsilon %s", dependence, sizes.length, SHARES[k])
            .isLessThanOrEqualTo(MOST_MISSES);
      }
    }
  }

  /** Planted: rows of a prompt taken for independent. The check above sees it. */
  @Test
  void interval_ofRowsTakenForIndependent_isCaught() {
    int[] sizes = equal(60, 5);
    PromptSizes planted = PromptSizes.independent(300);
    int[] misses = misses(Dependence.COPIES, sizes, planted, new SplittableRandom(0xBAD));
    assertThat(Arrays.stream(misses).min().orElseThrow()).isGreaterThan(2 * MOST_MISSES);
  }

  private static int[] misses(
      Dependence dependence, int[] sizes, PromptSizes prompts, SplittableRandom random) {
    QuantileRanks[] ranks =
        Arrays.stream(SHARES)
            .mapToObj(share -> QuantileRanks.of(share, prompts, DELTA))
            .toArray(QuantileRanks[]::new);
    int[] misses = new int[SHARES.length];
    for (int set = 0; set < DATA_SETS; set++) {
      LikelihoodQuantiles quantiles = new LikelihoodQuantiles();
      for (int size : sizes) {
        double[] rows = new double[size];
        dependence.fill(rows, random);
        Arrays.stream(rows).forEach(row -> quantiles.add(Math.log(row)));
      }
      for (int k = 0; k < SHARES.length; k++) {
        misses[k] += quantiles.at(ranks[k]).interval().contains(Math.log(SHARES[k])) ? 0 : 1;
      }
    }
    return misses;
  }

  /** 20 rows say nothing of a share of 0.01: no row is a valid low end. */
  @Test
  void interval_ofTooFewRows_isOpenBelow() {
    LikelihoodQuantile quantile = at(0.01, 20, row -> -1.0 - row);
    assertThat(quantile.logProb()).isEqualTo(-20);
    assertThat(quantile.interval().low()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(quantile.interval().lowKind()).isEqualTo(EndKind.OPEN);
    assertThat(quantile.interval().high()).isEqualTo(-19);
    assertThat(quantile.highKind()).isEqualTo(EndKind.GUARANTEED);
    LikelihoodQuantile one = at(0.5, 1, _ -> -3.0);
    assertThat(one.interval())
        .isEqualTo(new Interval(Double.NEGATIVE_INFINITY, EndKind.OPEN, 0, EndKind.CERTAIN));
    assertThat(one.highKind()).isEqualTo(EndKind.CERTAIN);
  }

  /** Half of 100 responses impossible: the quantile at 0.1 is zero for sure, that at 0.5 may be. */
  @Test
  void interval_whereResponsesAreImpossible_saysWhatIsKnown() {
    LikelihoodQuantile low = at(0.1, 100, row -> row < 50 ? Double.NEGATIVE_INFINITY : -2.0);
    assertThat(low.logProb()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(low.interval().high()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(low.highKind()).isEqualTo(EndKind.GUARANTEED);
    LikelihoodQuantile median = at(0.5, 100, row -> row < 50 ? Double.NEGATIVE_INFINITY : -2.0);
    assertThat(median.logProb()).isEqualTo(-2);
    assertThat(median.interval().low()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(median.interval().high()).isEqualTo(-2);
  }

  /** In counted rows the interval contains that of the same rows kept, and is hardly wider. */
  @Test
  void interval_ofCountedRows_includesTheWidthOfClasses() {
    int rows = LikelihoodQuantiles.EXACT_ROWS + 5000;
    SplittableRandom random = new SplittableRandom(7);
    double[] values = new double[rows];
    Arrays.setAll(values, _ -> -40 * random.nextDouble() - 1);
    LikelihoodQuantile counted = at(0.1, rows, row -> values[row]);
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    QuantileRanks ranks = QuantileRanks.of(0.1, PromptSizes.independent(rows), 0.05);
    double low = sorted[(int) ranks.low() - 1];
    double high = sorted[(int) ranks.high() - 1];
    assertThat(counted.interval().low()).isBetween(low * (1 + 1.0 / 4096), low);
    assertThat(counted.interval().high()).isBetween(high, high * (1 - 1.0 / 4096));
    assertThat(counted.interval().low()).isLessThan(low);
    assertThat(counted.interval().high()).isGreaterThan(high);
  }

  private static LikelihoodQuantile at(double epsilon, int rows, IntToDoubleFunction logProb) {
    LikelihoodQuantiles quantiles = new LikelihoodQuantiles();
    for (int row = 0; row < rows; row++) {
      quantiles.add(logProb.applyAsDouble(row));
    }
    assertThat(quantiles.rows()).isEqualTo(rows);
    return quantiles.at(QuantileRanks.of(epsilon, PromptSizes.independent(rows), 0.05));
  }

  @Test
  void badInput_isRefused() {
    LikelihoodQuantiles quantiles = new LikelihoodQuantiles();
    for (double value : new double[] {0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> quantiles.add(value))
          .isInstanceOf(CoverageException.class)
          .hasMessageStartingWith("log_prob " + value);
    }
    quantiles.add(-1);
    QuantileRanks two = QuantileRanks.of(0.5, PromptSizes.independent(2), 0.05);
    assertThatThrownBy(() -> quantiles.at(two)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> QuantileGrid.of(0.1, 1)).isInstanceOf(CoverageException.class);
    assertThat(QuantileGrid.of(0.5, 0.1, 0.5).shares()).containsExactly(0.1, 0.5);
    assertThat(QuantileGrid.of().shares()).isEmpty();
  }
}
