package io.tailwalk.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Ends of betting intervals against roots of the two mixtures of capitals, bisected in 30 digits
 * from the formula. Ends are rounded outwards, by at most a millionth of their distance from the
 * bound.
 */
class BettingReferenceTest {
  private static final double OPEN = Double.POSITIVE_INFINITY;

  private static void assertLow(Interval interval, double reference, double from) {
    assertThat(interval.low())
        .isLessThanOrEqualTo(reference + 1e-13)
        .isGreaterThan(reference - 1e-6 * (reference - from));
    assertThat(interval.lowKind()).isEqualTo(EndKind.GUARANTEED);
  }

  private static void assertHigh(Interval interval, double reference, double from) {
    assertThat(interval.high())
        .isGreaterThanOrEqualTo(reference - 1e-13)
        .isLessThan(reference + 1e-6 * (reference - from));
    assertThat(interval.highKind()).isEqualTo(EndKind.GUARANTEED);
  }

  private static double[] ones(int ones, int of) {
    double[] values = new double[of];
    Arrays.fill(values, 0, ones, 1);
    return values;
  }

  @Test
  void interval_ofZerosAndOnes_isTheReferences() {
    Interval tenOnes = BettingInterval.interval(ones(10, 10), 0, 1, 0.05);
    assertLow(tenOnes, 0.58173880412355, 0);
    assertThat(tenOnes.high()).isEqualTo(1);
    assertThat(tenOnes.highKind()).isEqualTo(EndKind.CERTAIN);
    Interval tenZeros = BettingInterval.interval(ones(0, 10), 0, 1, 0.05);
    assertHigh(tenZeros, 0.352074160153264, 0);
    assertThat(tenZeros.low()).isZero();
    Interval three = BettingInterval.interval(ones(3, 10), 0, 1, 0.1);
    assertLow(three, 0.0336210410486474, 0);
    assertHigh(three, 0.781545918402784, 0);
  }

  @Test
  void interval_inAnotherRange_isTheReferences() {
    double[] values = {0.2, 0.5, 0.9, 0.4, 0.4, 0.7};
    Interval interval = BettingInterval.interval(values, -1, 2, 0.2);
    assertLow(interval, -0.201787686946031, -1);
    assertHigh(interval, 1.09403324850119, 0.2);
    double[] mirrored = {-0.2, -0.5, -0.9, -0.4, -0.4, -0.7};
    Interval other = BettingInterval.interval(mirrored, -2, 1, 0.2);
    assertLow(other, -1.2203481452275, -2);
    assertHigh(other, 0.072331972420925, -0.9);
  }

  /**
   * Capitals of 1e150, products of 400 different factors: beyond what is kept without logarithms.
   */
  @Test
  void interval_atATinyErrorProbability_isTheReferences() {
    double[] above = new double[400];
    double[] below = new double[400];
    Arrays.setAll(above, i -> 0.5 + i / 1024.0);
    Arrays.setAll(below, i -> 0.5 - i / 1024.0);
    assertLow(BettingInterval.interval(above, 0, 1, 1e-150), 0.278938891044732, 0);
    assertHigh(
        BettingInterval.interval(below, 0, 1, 1e-150), 0.712087727581982, 0.5 - 399 / 1024.0);
  }

  private static BettingCapital once(double delta, double[][] units, int times) {
    var capital = new BettingCapital(delta);
    for (int round = 0; round < times; round++) {
      for (double[] unit : units) {
        capital.take(unit[0], unit[1], unit[2]);
      }
    }
    return capital;
  }

  @Test
  void capital_ofMovingBounds_isTheReferences() {
    double[][] units = {{0, 0.5, 1}, {0.1, 0.4, 0.8}, {0.2, 0.3, 0.6}, {0.2, 0.35, 0.55}};
    BettingCapital capital = once(0.3, units, 3);
    assertThat(capital.size()).isEqualTo(12);
    assertLow(capital.interval(), 0.307885801738515, 0.2);
    assertHigh(capital.interval(), 0.418229428915548, 0.3);
  }

  /** Units without an upper bound take part in the lower end alone. */
  @Test
  void capital_ofOpenUnits_isTheReferences() {
    BettingCapital capital =
        once(0.1, new double[][] {{0, 2, OPEN}, {0, 2, OPEN}, {0, 2, OPEN}, {0, 2, OPEN}}, 1);
    assertThat(capital.interval().highKind()).isEqualTo(EndKind.OPEN);
    BettingCapital bounded = once(0.1, new double[][] {{0, 0.5, 3}}, 6);
    BettingCapital together = capital.with(bounded);
    assertThat(together.size()).isEqualTo(10);
    assertLow(together.interval(), 0.557205211606904, 0);
    assertHigh(together.interval(), 1.6318254462642, 0.5);
    BettingCapital again = capital.with(bounded);
    assertThat(again).isNotEqualTo(together);
    assertThat(again.interval()).isEqualTo(together.interval());
    assertThat(again).isEqualTo(together).hasSameHashCodeAs(together).isNotEqualTo(capital);
  }

  /** A capital that has reached its bar once has ruled a mean out, whatever comes later. */
  @Test
  void add_afterTheBarWasReached_keepsTheEnds() {
    var capital = new BettingCapital(0.05);
    for (int t = 0; t < 10; t++) {
      capital.add(0, 1, 1);
    }
    for (int t = 0; t < 4; t++) {
      capital.add(0, 0, 1);
    }
    assertLow(capital.interval(), 0.58173880412355, 0);
    assertThat(capital.at(0.05).interval().low()).isLessThan(0.5);
    var falling = new BettingCapital(0.05);
    for (int t = 0; t < 10; t++) {
      falling.add(0, 0, 1);
    }
    for (int t = 0; t < 4; t++) {
      falling.add(0, 1, 1);
    }
    assertHigh(falling.interval(), 0.352074160153264, 0);
  }

  /** Of 33 units and more the capitals are looked at every twentieth part, and at the end. */
  @Test
  void interval_afterManyUnits_looksAtAll() {
    var capital = new BettingCapital(0.05);
    for (int t = 0; t < 101; t++) {
      capital.add(0, t % 2, 1);
    }
    BettingCapital all = capital.at(0.05);
    assertThat(capital.interval().low()).isGreaterThan(all.interval().low() - 1e-6);
    assertThat(capital.interval().high()).isLessThan(all.interval().high() + 1e-6);
    assertThat(all.interval().low()).isBetween(0.3, 0.5);
  }

  @Test
  void units_outsideTheirBounds_areRefused() {
    var capital = new BettingCapital(0.5);
    capital.add(1, 1 - 1e-10, 2);
    capital.add(1, 2 + 1e-10, 2);
    assertThatThrownBy(() -> capital.add(1, 1 - 1e-8, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> capital.add(1, 2 + 1e-8, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> capital.add(Double.NEGATIVE_INFINITY, 1, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> capital.add(0, OPEN, OPEN))
        .isInstanceOf(IllegalArgumentException.class);
    // A billionth of the size of the unit is rounding.
    new BettingCapital(0.5).add(1000, 1000 - 1e-7, 2000);
    assertThatThrownBy(() -> new BettingCapital(0.5).add(1000, 1000 - 1e-5, 2000))
        .isInstanceOf(IllegalArgumentException.class);
    double[] none = {};
    assertThatThrownBy(() -> BettingInterval.interval(none, 2, 1, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BettingInterval.interval(none, 1, 1, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BettingInterval.interval(none, -1e308, 1e308, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    for (double delta : new double[] {0, 1, Double.NaN}) {
      assertThatThrownBy(() -> Gaffke.interval(none, delta))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new BettingCapital(delta))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> BettingInterval.interval(ones(1, 2), 0, 1, delta))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> ClopperPearson.interval(1, 2, delta))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> BettingInterval.interval(ones(1, 2), 1, 1, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ClopperPearson.interval(3, 2, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ClopperPearson.interval(-1, 2, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ClopperPearson.interval(0, -1, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Beta quantiles in closed form: one of one at 0.1 has low end 0.05, of zero of one 0.95. */
  @Test
  void clopperPearson_ofOneTrial_isTheLevel() {
    assertThat(ClopperPearson.interval(1, 1, 0.1).low()).isBetween(0.05 - 1e-12, 0.05 + 1e-12);
    assertThat(ClopperPearson.interval(0, 1, 0.1).high()).isBetween(0.95 - 1e-12, 0.95 + 1e-12);
    Interval oneOfTwo = ClopperPearson.interval(1, 2, 0.1);
    // Beta(1, 2) at 0.05 and Beta(2, 1) at 0.95.
    assertThat(oneOfTwo.low()).isBetween(0.0253205655, 0.0253205656);
    assertThat(oneOfTwo.high()).isBetween(0.9746794344, 0.9746794345);
    assertThat(ClopperPearson.interval(0, 0, 0.1)).isEqualTo(Interval.certain(0, 1));
  }

  /** {@code P(E_1 a_1 <= E_2 b)} and three variables, by hand. */
  @Test
  void signedExponentials_fewWeights_areAsByHand() {
    // -2 E + 1 E' <= 0 with probability 2/3.
    assertThat(SignedExponentials.atMostZero(new double[] {-2, 1}, 0))
        .isBetween(2 / 3.0 - 1e-14, 2 / 3.0 + 1e-14);
    // Both right ones used up by one left: (1/2)(1/2).
    assertThat(SignedExponentials.atMostZero(new double[] {-1, 1, 1}, 0))
        .isBetween(0.25 - 1e-14, 0.25 + 1e-14);
    assertThat(SignedExponentials.atMostZero(new double[] {-1, -1, 1}, 0))
        .isBetween(0.75 - 1e-14, 0.75 + 1e-14);
    assertThat(SignedExponentials.atMostZero(new double[] {-1, 0}, 0)).isOne();
    assertThat(SignedExponentials.atMostZero(new double[] {0, 1}, 0)).isZero();
    // Points shifted by 3.
    assertThat(SignedExponentials.atMostZero(new double[] {1, 3, 4}, 3))
        .isBetween(2 / 3.0 - 1e-14, 2 / 3.0 + 1e-14);
  }

  @Test
  void scaled_byAPowerOfTwo_onlyFarFromOne() {
    Scaled near = Scaled.of(3, -0x1p200);
    assertThat(near.exponent()).isZero();
    assertThat(near.values()).containsExactly(3, -0x1p200);
    Scaled far = Scaled.of(0x1p201, -0x1.8p202);
    assertThat(far.exponent()).isEqualTo(202);
    assertThat(far.values()).containsExactly(0.5, -1.5);
    assertThat(far.back(0.5)).isEqualTo(0x1p201);
    Scaled small = Scaled.of(0x1p-201);
    assertThat(small.exponent()).isEqualTo(-201);
    assertThat(Scaled.of(0, 0).exponent()).isZero();
    assertThat(Scaled.of(OPEN).values()).containsExactly(OPEN);
    assertThat(Scaled.of().values()).isEmpty();
  }
}
