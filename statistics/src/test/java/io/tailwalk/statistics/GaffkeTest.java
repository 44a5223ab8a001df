package io.tailwalk.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GaffkeTest {
  private static final double ALPHA = 0.025;

  @Test
  void interval_ofEqualValues_isTheClosedForm() {
    for (int n : new int[] {1, 2, 3, 10, 100, 9999}) {
      for (double c : new double[] {0, 1e-9, 0.1, 0.5, 0.999, 1}) {
        double[] values = new double[n];
        Arrays.fill(values, c);
        Interval interval = Gaffke.interval(values, 2 * ALPHA);
        double share = Math.pow(ALPHA, 1.0 / n);
        assertThat(interval.low()).as("%s times %s", n, c).isCloseTo(c * share, within(1e-11));
        assertThat(interval.high())
            .isCloseTo(c + (1 - c) * -Math.expm1(Math.log(ALPHA) / n), within(1e-11));
        assertThat(interval.width()).isPositive();
      }
    }
  }

  /** On zeros and ones D is a beta variable, and the ends are Clopper and Pearson's. */
  @Test
  void interval_ofZerosAndOnes_isClopperAndPearsons() {
    for (int n : new int[] {1, 2, 5, 30, 1000}) {
      for (int k = 0; k <= n; k += Math.max(1, n / 10)) {
        double[] values = new double[n];
        Arrays.fill(values, 0, k, 1.0);
        for (double delta : new double[] {0.5, 0.05, 1e-4}) {
          Interval exact = ClopperPearson.interval(k, n, delta);
          Interval interval = Gaffke.interval(values, delta);
          assertThat(interval.low()).isCloseTo(exact.low(), within(1e-9));
          assertThat(interval.high()).isCloseTo(exact.high(), within(1e-9));
        }
      }
    }
  }

  /** Two hundred thousand draws of D: 0.025 has a standard error of 0.00035. */
  @Test
  void ends_againstDrawnSpacings_areItsQuantiles() {
    SplittableRandom random = new SplittableRandom(11);
    for (int n : new int[] {2, 7, 40}) {
      double[] values = random.doubles(n).map(u -> u * u * u).toArray();
      Interval interval = Gaffke.interval(values, 2 * ALPHA);
      int below = 0;
      int above = 0;
      int draws = 200_000;
      for (int draw = 0; draw < draws; draw++) {
        double sum = -Math.log1p(-random.nextDouble());
        double extra = sum;
        double weighted = 0;
        for (double value : values) {
          double e = -Math.log1p(-random.nextDouble());
          sum += e;
          weighted += e * value;
        }
        below += weighted / sum <= interval.low() ? 1 : 0;
        above += (weighted + extra) / sum >= interval.high() ? 1 : 0;
      }
      assertThat(below / (double) draws).isCloseTo(ALPHA, within(0.0018));
      assertThat(above / (double) draws).isCloseTo(ALPHA, within(0.0018));
    }
  }

  @Test
  void interval_ofReflectedOrScaledValues_isReflectedOrScaled() {
    double[] values = {0.1, 0.25, 0.7, 0.7, 0.95};
    Interval one = Gaffke.interval(values, 0.05);
    Interval mirrored = Gaffke.interval(Arrays.stream(values).map(x -> 1 - x).toArray(), 0.05);
    assertThat(mirrored.low()).isCloseTo(1 - one.high(), within(1e-12));
    assertThat(mirrored.high()).isCloseTo(1 - one.low(), within(1e-12));
    double[] wide = Arrays.stream(values).map(x -> 10 * x - 4).toArray();
    Interval scaled = Gaffke.interval(wide, -4, 6, 0.05);
    assertThat(scaled.low()).isCloseTo(10 * one.low() - 4, within(1e-11));
    assertThat(scaled.high()).isCloseTo(10 * one.high() - 4, within(1e-11));
  }

  @Test
  void kinds_areAsymptotic_orCertainAtTheRange() {
    Interval zeros = Gaffke.interval(new double[3], 0.05);
    assertThat(zeros.low()).isZero();
    assertThat(zeros.lowKind()).isEqualTo(EndKind.CERTAIN);
    assertThat(zeros.highKind()).isEqualTo(EndKind.ASYMPTOTIC);
    assertThat(Gaffke.interval(new double[0], 0.05)).isEqualTo(Interval.certain(0, 1));
    assertThat(BettingInterval.interval(new double[] {0.3, 0.4}, 0, 1, 0.05).lowKind())
        .isEqualTo(EndKind.GUARANTEED);
  }

  /** Files may be sorted by their scores, so intermediate checks would be invalid. */
  @Test
  void betting_ofSortedValues_isTheSame() {
    double[] values = new SplittableRandom(6).doubles(200).toArray();
    Interval unsorted = BettingInterval.interval(values, 0, 1, 0.05);
    Arrays.sort(values);
    Interval sorted = BettingInterval.interval(values, 0, 1, 0.05);
    assertThat(sorted.low()).isCloseTo(unsorted.low(), within(1e-9));
    assertThat(sorted.high()).isCloseTo(unsorted.high(), within(1e-9));
    assertThat(sorted.contains(0.5)).isTrue();
  }

  @Test
  void valuesOutsideTheRange_areRefused() {
    assertThatThrownBy(() -> Gaffke.interval(new double[] {0.5, 1.5}, 0.05))
        .hasMessageContaining("1.5");
    assertThatThrownBy(() -> Gaffke.interval(new double[] {Double.NaN}, 0.05))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> BettingInterval.interval(new double[] {0.5}, 0, 1, 1))
        .hasMessageContaining("delta");
  }

  /** Two thousand different values take about a tenth of a second; the bar is far above. */
  @Test
  void interval_ofManyDifferentValues_isQuick() {
    double[] values = new SplittableRandom(3).doubles(2000).toArray();
    long start = System.nanoTime();
    Interval interval = Gaffke.interval(values, 0.05);
    double seconds = (System.nanoTime() - start) * 1e-9;
    assertThat(interval.width()).isBetween(0.02, 0.03);
    assertThat(seconds).isLessThan(10);
  }

  @Test
  void interval_ofMoreValuesThanItTakes_isTheBettingInterval() {
    double[] values = new SplittableRandom(3).doubles(10_001).toArray();
    assertThat(Gaffke.interval(values, 0.05))
        .isEqualTo(BettingInterval.interval(values, 0, 1, 0.05));
  }
}
