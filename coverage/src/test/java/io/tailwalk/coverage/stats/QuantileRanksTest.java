package io.tailwalk.coverage.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.coverage.CoverageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranks against sums of binomial probabilities, and their error for independent rows, exactly. */
class QuantileRanksTest {
  private static final double[] SHARES = {0.01, 0.1, 0.25, 0.5, 0.9};

  /**
   * The probability of a miss, for a distribution without atoms, is at most delta/2 to either side;
   * with the next rank inwards, an error of one, it would be above. That holds at every n.
   */
  @Test
  void ends_ofIndependentRows_missAtMostHalfOfDelta_andOneRankFurtherMissesMore() {
    for (double delta : new double[] {0.05, 0.2}) {
      for (double epsilon : SHARES) {
        for (int n = 1; n <= 120; n++) {
          QuantileRanks ranks = QuantileRanks.of(epsilon, PromptSizes.independent(n), delta);
          double[] mass = binomial(n, epsilon);
          String what = "epsilon %s, n %d, delta %s: %s".formatted(epsilon, n, delta, ranks);
          assertThat(sum(mass, 0, ranks.low() - 1)).as(what).isLessThanOrEqualTo(delta / 2);
          assertThat(sum(mass, 0, ranks.low())).as(what).isGreaterThan(delta / 2);
          assertThat(sum(mass, ranks.high(), n)).as(what).isLessThanOrEqualTo(delta / 2);
          assertThat(sum(mass, ranks.high() - 1, n)).as(what).isGreaterThan(delta / 2);
          assertThat(ranks.low()).as(what).isLessThan(ranks.high());
        }
      }
    }
  }

  /**
   * All distributions of a row on three values with probabilities in twelfths, among them those
   * with {@code P(X <= t) = epsilon} exactly: the interval contains the quantile with probability
   * {@code 1 - delta} at least, by enumeration of all counts.
   */
  @Test
  void interval_ofRowsWithTies_coversAtLeastNominally() {
    double delta = 0.1;
    int n = 15;
    for (double epsilon : new double[] {0.25, 0.5, 0.1}) {
      QuantileRanks ranks = QuantileRanks.of(epsilon, PromptSizes.independent(n), delta);
      for (int first = 0; first <= 12; first++) {
        for (int second = 0; second + first <= 12; second++) {
          double[] p = {first / 12.0, second / 12.0, (12 - first - second) / 12.0};
          int truth = p[0] > epsilon ? 0 : first + second > 12 * epsilon ? 1 : 2;
          assertThat(coverage(ranks, p, truth, n))
              .as("%s of %d, %d twelfths", epsilon, first, second)
              .isGreaterThanOrEqualTo(1 - delta - 1e-12);
        }
      }
    }
  }

  private static double coverage(QuantileRanks ranks, double[] p, int truth, int n) {
    double covered = 0;
    for (int a = 0; a <= n; a++) {
      for (int b = 0; b + a <= n; b++) {
        int low = ranks.low() == 0 ? 0 : valueAt(ranks.low(), a, b);
        int high = ranks.high() > n ? 2 : valueAt(ranks.high(), a, b);
        if (low <= truth && truth <= high) {
          covered +=
              choose(n, a)
                  * choose(n - a, b)
                  * Math.pow(p[0], a)
                  * Math.pow(p[1], b)
                  * Math.pow(p[2], n - a - b);
        }
      }
    }
    return covered;
  }

  private static int valueAt(long rank, int a, int b) {
    return rank <= a ? 0 : rank <= a + b ? 1 : 2;
  }

  /** 1 + the whole number of rows in the share, where the share is what its digits say. */
  @ParameterizedTest
  @CsvSource({
    "0.29, 100, 30",
    "0.1, 30, 4",
    "0.07, 100, 8",
    "0.5, 3, 2",
    "0.5, 4, 3",
    "0.01, 9, 1"
  })
  void value_isTheRowAfterTheShare(double epsilon, long rows, long rank) {
    assertThat(QuantileRanks.of(epsilon, PromptSizes.independent(rows), 0.05).value())
        .isEqualTo(rank);
  }

  /** {@code 0.99^367 = 0.02501, 0.99^368 = 0.02476}. */
  @Test
  void low_isARowFromTheStatedNumberOn() {
    assertThat(QuantileRanks.rowsForLowEnd(0.01, 0.05)).isEqualTo(368);
    assertThat(QuantileRanks.of(0.01, PromptSizes.independent(367), 0.05).low()).isZero();
    assertThat(QuantileRanks.of(0.01, PromptSizes.independent(368), 0.05).low()).isEqualTo(1);
    assertThat(QuantileRanks.of(0.5, PromptSizes.independent(5), 0.05))
        .isEqualTo(new QuantileRanks(0.5, 5, 0, 3, 6));
    assertThat(QuantileRanks.of(0.01, PromptSizes.of(0, 0, 0, 367), 0.05).low()).isZero();
    assertThat(QuantileRanks.of(0.01, PromptSizes.of(0, 0, 0, 368), 0.05).low()).isEqualTo(1);
  }

  /**
   * 200 prompts of 5 rows, epsilon 0.1. Low: one row a prompt, {@code P(Bin(200, 0.1) <= 11) =
   * 0.0172}, leaves the 12th row; the layers bound is {@code min over a of a + 40 E(Bin(200, 0.9) /
   * 200 - a)+}, summed below.
   */
  @Test
  void ends_ofClusteredRows_areTheBetterOfTwoBounds() {
    PromptSizes sizes = PromptSizes.of(0, 0, 0, 0, 0, 200);
    QuantileRanks ranks = QuantileRanks.of(0.1, sizes, 0.05);
    double[] above = binomial(200, 0.1);
    double[] below = binomial(200, 0.9);
    assertThat(ranks.high()).isEqualTo((long) Math.ceil(1000 * least(above, 0.025)));
    assertThat(ranks.low()).isEqualTo(1000 - (long) Math.ceil(1000 * least(below, 0.025)) + 1);
    assertThat(ranks.low()).isBetween(12L, 60L);
    assertThat(ranks.value()).isEqualTo(101);
    QuantileRanks copies = QuantileRanks.of(0.1, PromptSizes.independent(200), 0.05);
    assertThat(ranks.low()).isLessThanOrEqualTo(5 * copies.low());
    assertThat(ranks.high()).isGreaterThanOrEqualTo(5 * copies.high() - 4);
    QuantileRanks rows = QuantileRanks.of(0.1, PromptSizes.independent(1000), 0.05);
    assertThat(ranks.low()).isLessThan(rows.low());
    assertThat(ranks.high()).isGreaterThan(rows.high());
  }

  /** The minimum over a grid of a, fine enough for the kinks at multiples of 1/200. */
  private static double least(double[] mass, double side) {
    int m = mass.length - 1;
    double least = 1;
    for (int k = 0; k <= m; k++) {
      double a = k / (double) m;
      double excess = 0;
      for (int j = k + 1; j <= m; j++) {
        excess += mass[j] * (j - k) / m;
      }
      least = Math.min(least, a + excess / side);
    }
    return least;
  }

  /** One prompt with almost all rows says little: the ends then come from one row a prompt. */
  @Test
  void ends_whereOnePromptHasMostRows_areWide() {
    long[] uneven = new long[901];
    uneven[1] = 60;
    uneven[900] = 1;
    QuantileRanks ranks = QuantileRanks.of(0.5, PromptSizes.of(uneven), 0.05);
    QuantileRanks single = QuantileRanks.of(0.5, PromptSizes.independent(61), 0.05);
    assertThat(ranks.low()).isEqualTo(single.low());
    assertThat(ranks.high()).isEqualTo(960 - (61 - single.high()));
  }

  @Test
  void of_manyRows_isTheNormalApproximation() {
    long n = 100_000_000_000L;
    QuantileRanks ranks = QuantileRanks.of(0.1, PromptSizes.independent(n), 0.05);
    double sd = Math.sqrt(n * 0.09);
    assertThat((ranks.low() - 0.1 * n) / sd).isCloseTo(-1.96, within(0.001));
    assertThat((ranks.high() - 0.1 * n) / sd).isCloseTo(1.96, within(0.001));
  }

  @Test
  void of_badNumbers_isRefused() {
    for (double epsilon : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThatThrownBy(() -> QuantileRanks.of(epsilon, PromptSizes.independent(5), 0.05))
          .isInstanceOf(CoverageException.class)
          .hasMessageContaining("epsilon = " + epsilon);
    }
    assertThatThrownBy(() -> QuantileRanks.of(0.1, PromptSizes.independent(0), 0.05))
        .isInstanceOf(CoverageException.class);
    assertThatThrownBy(() -> QuantileRanks.of(0.1, PromptSizes.independent(5), 1))
        .isInstanceOf(CoverageException.class);
    assertThatThrownBy(() -> new QuantileRanks(0.1, 5, 3, 2, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new QuantileRanks(0.1, 5, 0, 2, 7))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[] binomial(int n, double p) {
    double[] mass = {1};
    for (int trial = 0; trial < n; trial++) {
      double[] next = new double[mass.length + 1];
      for (int k = 0; k < mass.length; k++) {
        next[k] += mass[k] * (1 - p);
        next[k + 1] += mass[k] * p;
      }
      mass = next;
    }
    return mass;
  }

  /** The mass from one count to another, both included, as far as there are such counts. */
  private static double sum(double[] mass, long from, long to) {
    double sum = 0;
    for (long k = Math.max(0, from); k <= Math.min(to, mass.length - 1); k++) {
      sum += mass[(int) k];
    }
    return sum;
  }

  private static double choose(int n, int k) {
    double ways = 1;
    for (int i = 1; i <= k; i++) {
      ways = ways * (n - k + i) / i;
    }
    return ways;
  }
}
