package io.tailwalk.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BettingCapitalTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private static Interval of(double delta, double a, double b, double... units) {
    var capital = new BettingCapital(delta);
    for (double unit : units) {
      capital.add(a, unit, b);
    }
    return capital.interval();
  }

  /**
   * Of all 4,096 outcomes of twelve units that are 0 or 1, those whose interval misses have at most
   * the stated probability on either side, for every p; and not much less if that is possible.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.8, 0.5, 0.2, 0.05})
  void interval_allOutcomesOfTwoValuedUnits_missesAsSeldomAsStated(double delta) {
    int n = 12;
    double[] shares = {0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 0.99};
    double[] above = new double[shares.length];
    double[] below = new double[shares.length];
    for (int outcome = 0; outcome < 1 << n; outcome++) {
      double[] units = new double[n];
      for (int i = 0; i < n; i++) {
        units[i] = outcome >> i & 1;
      }
      Interval interval = of(delta, 0, 1, units);
      int ones = Integer.bitCount(outcome);
      for (int j = 0; j < shares.length; j++) {
        double probability = Math.pow(shares[j], ones) * Math.pow(1 - shares[j], n - ones);
        above[j] += interval.low() > shares[j] ? probability : 0;
        below[j] += interval.high() < shares[j] ? probability : 0;
      }
    }
    double most = 0;
    for (int j = 0; j < shares.length; j++) {
      assertThat(above[j]).as("low end, p = %s", shares[j]).isLessThanOrEqualTo(delta / 2);
      assertThat(below[j]).as("high end, p = %s", shares[j]).isLessThanOrEqualTo(delta / 2);
      most = Math.max(most, Math.max(above[j], below[j]));
    }
    assertThat(most).isGreaterThan(delta / 8);
  }

  /**
   * Drawing without replacement: found values raise A, remaining values lower B, and units have
   * mean Z given the past. False alarm below 1e-7 per side: five standard deviations.
   */
  @Test
  void interval_unitsWithMovingBounds_missesAsSeldomAsStated() {
    var random = new SplittableRandom(5);
    double delta = 0.4;
    int runs = 2500;
    int[] misses = new int[2];
    for (int run = 0; run < runs; run++) {
      List<Double> left = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        left.add(run % 2 == 0 ? Math.pow(random.nextDouble(), 4) : random.nextInt(6) / 5.0);
      }
      double z = left.stream().mapToDouble(x -> x / 60).sum();
      double found = 0;
      var capital = new BettingCapital(delta);
      for (int t = 0; t < 40; t++) {
        int at = random.nextInt(left.size());
        double open = left.size() / 60.0;
        capital.add(found, found + open * left.get(at), found + open);
        found += left.remove(at) / 60;
      }
      Interval interval = capital.interval();
      misses[0] += interval.low() > z ? 1 : 0;
      misses[1] += interval.high() < z ? 1 : 0;
      assertThat(interval.width()).isPositive();
    }
    double limit = runs * delta / 2 + 5 * Math.sqrt(runs * delta / 2);
    assertThat(misses[0]).isLessThan((int) limit);
    assertThat(misses[1]).isLessThan((int) limit);
    assertThat(misses[0] + misses[1]).isGreaterThan(runs / 100);
  }

  @Test
  void with_anyOrderAndAnySplit_sameEnds() {
    var random = new SplittableRandom(6);
    for (int round = 0; round < 100; round++) {
      List<double[]> units = new ArrayList<>();
      for (int i = 0; i < 2 + random.nextInt(40); i++) {
        double a = 0.2 * random.nextDouble();
        double b = round % 3 == 0 ? INFINITE : 0.7 + random.nextDouble();
        units.add(new double[] {a, random.nextInt(3) == 0 ? a : a + 0.5 * random.nextDouble(), b});
      }
      var none = new BettingCapital(0.1);
      Interval together = none.with(capital(units)).interval();
      Collections.shuffle(units, new Random(round));
      int half = random.nextInt(units.size() + 1);
      BettingCapital first = capital(units.subList(0, half));
      BettingCapital second = capital(units.subList(half, units.size()));
      Interval other = first.with(second).interval();
      assertClose(other, together);
      assertClose(second.with(first).interval(), together);
      assertThat(first.with(second).size()).isEqualTo(units.size());
      assertClose(capital(units).at(0.1).interval(), together);
      // Checking after each unit never widens the interval.
      Interval each = capital(units).interval();
      assertThat(each.low()).isGreaterThanOrEqualTo(together.low() - 1e-6);
      assertThat(each.high()).isLessThanOrEqualTo(together.high() + 1e-6);
    }
  }

  private static BettingCapital capital(List<double[]> units) {
    var capital = new BettingCapital(0.1);
    units.forEach(unit -> capital.add(unit[0], unit[1], unit[2]));
    return capital;
  }

  private static void assertClose(Interval a, Interval b) {
    assertThat(a.lowKind()).isEqualTo(b.lowKind());
    assertThat(a.highKind()).isEqualTo(b.highKind());
    if (Double.isFinite(b.low())) {
      assertThat(a.low()).isCloseTo(b.low(), within(1e-6));
    }
    if (Double.isFinite(b.high())) {
      assertThat(a.high()).isCloseTo(b.high(), within(1e-6));
    }
  }

  @Test
  void at_smallerErrorProbability_isWider() {
    var random = new SplittableRandom(7);
    var capital = new BettingCapital(0.05);
    for (int i = 0; i < 300; i++) {
      capital.add(0, random.nextInt(10) == 0 ? 1 : 0, 1);
    }
    double[] deltas = {0.5, 0.05, 0.005, 1e-4};
    for (int i = 1; i < deltas.length; i++) {
      Interval wide = capital.at(deltas[i]).interval();
      Interval narrow = capital.at(deltas[i - 1]).interval();
      assertThat(wide.low()).isLessThan(narrow.low());
      assertThat(wide.high()).isGreaterThan(narrow.high());
      assertThat(wide.contains(0.1)).isTrue();
    }
  }

  @Test
  void add_unitOutsideItsBounds_isRefused() {
    var capital = new BettingCapital(0.05);
    double[][] wrong = {
      {0, 1.01, 1},
      {0.5, 0.4, 1},
      {0, Double.NaN, 1},
      {Double.NaN, 0, 1},
      {0, INFINITE, INFINITE},
      {Double.NEGATIVE_INFINITY, 0, 1}
    };
    for (double[] unit : wrong) {
      assertThatThrownBy(() -> capital.add(unit[0], unit[1], unit[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("outside its bounds");
    }
    assertThat(capital.size()).isZero();
    // Rounding is no violation.
    capital.add(0, 1 + 1e-12, 1);
    capital.add(0.3, 0.3 - 1e-13, 1);
    assertThat(capital.size()).isEqualTo(2);
  }

  /** None of n: no bet is lost, and the largest bet decides. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 30, 100, 1000})
  void interval_noSuccess_highEndIsThatOfTheLargeBet(int n) {
    double delta = 0.05;
    Interval interval = of(delta, 0, 1, new double[n]);
    double expected = 1 - Math.pow(4 / delta, -1.0 / n);
    assertThat(interval.high()).isBetween(0.8 * expected, 1.002 * expected + 1e-9);
    assertThat(interval.lowKind()).isEqualTo(EndKind.OPEN);
    assertThat(interval.highKind()).isEqualTo(EndKind.GUARANTEED);
  }

  @Test
  void interval_oneUnit_isAboutAHundredthOfIt() {
    for (double scale : new double[] {1e-200, 1e-9, 1, 1e12, 1e200}) {
      Interval one = of(0.05, 0, INFINITE, scale);
      assertThat(one.low()).isBetween(scale / 400, scale / 100);
      assertThat(one.highKind()).isEqualTo(EndKind.OPEN);
    }
  }

  /** The ends are equivariant under scaling and shifting of units. */
  @Test
  void interval_scaledOrShifted_endsGoWithIt() {
    double[] units = {0.1, 0, 0.9, 0.3, 0.3, 0, 0, 0.2, 1, 0, 0.4, 0.1};
    Interval unit = of(0.05, 0, 1, units);
    for (double scale : new double[] {1e-200, 1e-12, 1e12, 1e200}) {
      var capital = new BettingCapital(0.05);
      for (double y : units) {
        capital.add(0, scale * y, scale);
      }
      Interval scaled = capital.interval();
      assertThat(scaled.low() / scale).isCloseTo(unit.low(), within(1e-6));
      assertThat(scaled.high() / scale).isCloseTo(unit.high(), within(1e-6));
    }
    var shifted = new BettingCapital(0.05);
    for (double y : units) {
      shifted.add(7, 7 + y, 8);
    }
    assertThat(shifted.interval().low() - 7).isCloseTo(unit.low(), within(1e-6));
    assertThat(shifted.interval().high() - 7).isCloseTo(unit.high(), within(1e-6));
  }

  @Test
  void interval_noUnits_isOpen() {
    assertThat(new BettingCapital(0.05).interval()).isEqualTo(Interval.LINE);
    assertThatThrownBy(() -> new BettingCapital(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BettingCapital(1)).isInstanceOf(IllegalArgumentException.class);
  }
}
