package io.tailwalk.sampling.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Interval;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Small numbers worked out by hand, or in 30 digits from the formula. */
class ExactEstimatesTest {
  private static final double CLOSE = 1e-12;

  /** Mean 3, squares 4 + 1 + 0 + 9: {@code sqrt(14 / 3 / 4)}. */
  @Test
  void standardError_ofAMean_isAsByHand() {
    assertThat(Weights.standardError(1, 2, 3, 6)).isCloseTo(Math.sqrt(14 / 12.0), within(CLOSE));
    assertThat(Weights.standardError(1, 3)).isCloseTo(1, within(CLOSE));
    assertThat(Weights.standardError(1)).isNaN();
    assertThat(Weights.standardError(2, 2, 2)).isNaN();
    assertThat(Weights.standardError(3e200, 1e200)).isCloseTo(1e200, within(1e190));
  }

  /** Zhang and Stephens' fit and the prior of weight 10 towards 0.5, in 30 digits. */
  @Test
  void paretoShape_fixedWeights_isTheReferences() {
    double[] squares = new double[100];
    Arrays.setAll(squares, i -> (i + 1.0) * (i + 1));
    assertThat(Weights.paretoShape(squares)).isCloseTo(-0.355803452902975, within(1e-9));
    double[] powers = new double[25];
    Arrays.setAll(powers, i -> Math.exp(i / 8.0));
    assertThat(Weights.paretoShape(powers)).isCloseTo(0.204945920457992, within(1e-9));
  }

  /**
   * 1, 2, 3, 4 has covariances 1.25, 0.3125, -0.375, -0.5625: the first pair is 1.25 times the
   * variance, the second below zero, so the time is 1.5. Four zeros and four ones have 0.25,
   * 0.15625, 0.0625, -0.03125, -0.125, ...: pairs of 1.625 and 0.125, a time of 2.5.
   */
  @Test
  void effectiveSize_shortChains_areAsByHand() {
    assertThat(Autocorrelation.effectiveSize(1, 2, 3, 4)).isCloseTo(4 / 1.5, within(CLOSE));
    assertThat(Autocorrelation.effectiveSize(0, 0, 0, 0, 1, 1, 1, 1))
        .isCloseTo(8 / 2.5, within(CLOSE));
  }

  /** Hall's ends and those of Student's t on the log scale; the wider of each is taken. */
  @Test
  void skewedMean_fewValues_isTheReferences() {
    Interval three = SkewedMean.interval(new double[] {1, 2, 6}, 0.5);
    assertThat(three.low()).isCloseTo(1.85476703925029, within(1e-9));
    assertThat(three.high()).isCloseTo(4.54647404922414, within(1e-9));
    Interval eight = SkewedMean.interval(new double[] {1, 2, 6, 3, 3, 9, 0, 1}, 0.9);
    assertThat(eight.low()).isCloseTo(1.43897170661033, within(1e-9));
    assertThat(eight.high()).isCloseTo(5.94076154050465, within(1e-9));
    // Hall's lower end is below zero and his upper one the higher; the other way round.
    Interval skewed = SkewedMean.interval(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 30}, 0.95);
    assertThat(skewed.low()).isCloseTo(0.725321472899458, within(1e-9));
    assertThat(skewed.high()).isCloseTo(26.7890383994744, within(1e-8));
    Interval six = SkewedMean.interval(new double[] {5, 6, 7, 8, 9, 20}, 0.8);
    assertThat(six.low()).isCloseTo(6.38885925317833, within(1e-9));
    assertThat(six.high()).isCloseTo(14.2703027972745, within(1e-9));
  }

  @Test
  void skewedMean_equalValues_haveTheMirroredEnd() {
    Interval three = SkewedMean.interval(new double[] {2, 2, 2}, 0.95);
    assertThat(three.low()).isCloseTo(2 * Math.cbrt(0.025), within(CLOSE));
    assertThat(three.high()).isCloseTo(2 / Math.cbrt(0.025), within(CLOSE));
  }

  /** Open masses of 1 and 1/2 give weights of 1/2 and 1. */
  private static FrontierUnits plainAndGuided() {
    var units = new FrontierUnits();
    units.add(0.2, 0, 0.4, true, 0.3);
    units.add(0.3, -Math.log(2), 0.1, false, 0);
    return units;
  }

  /**
   * At a plain share of 1/2 each kind has 3/4 of the weight of 3/2: (0.6 + 0.4) / 2. At 1/4 plain
   * draws have 0.375 and guided ones 1.125: 0.45.
   */
  @Test
  void units_ofTwoKinds_areWeightedByOpenMassAndShare() {
    FrontierUnits units = plainAndGuided();
    assertThat(units.weights()).containsExactly(0.5, 1);
    assertThat(units.stratified(0.25)[0]).isCloseTo(0.375, within(CLOSE));
    assertThat(units.stratified(0.25)[1]).isCloseTo(1.125, within(CLOSE));
    assertThat(units.value(0.5)).isCloseTo(0.5, within(CLOSE));
    assertThat(units.value(0.25)).isCloseTo(0.45, within(CLOSE));
    // Weighted they add 0.2 and 0.1: 0.09 / 0.05; of plain ones there is one.
    assertThat(units.effectiveSize()).isCloseTo(1.8, within(CLOSE));
    assertThat(units.largestShare()).isCloseTo(2 / 3.0, within(CLOSE));
    assertThat(units.plainEffectiveSize()).isOne();
    // Mean 0.15, standard error 0.05, mean weight 0.75.
    assertThat(units.standardError(0.5)).isCloseTo(0.05 / 0.75, within(CLOSE));
    assertThat(units.paretoShape()).isNaN();
    assertThat(new FrontierUnits().value(0.5)).isNaN();
  }

  private static FrontierUnits fiveOfEach(int plainOnes) {
    var units = new FrontierUnits();
    for (int t = 0; t < plainOnes; t++) {
      units.add(1, 0, t, true, t);
    }
    for (int t = 0; t < 5; t++) {
      units.add(1, 0, t == 4 ? 15 : 10, false, 0);
    }
    return units;
  }

  /**
   * Plain draws of 0 to 4 have mean 2, guided ones of 10 and 15 mean 11. At a share of 1/4 both are
   * moved to 8.75, by 6.75 and -2.25, and the standard error of the ten is 0.57735.
   */
  @Test
  void units_fiveOfEachKind_lookAtSpreadWithinKinds() {
    FrontierUnits units = fiveOfEach(5);
    assertThat(units.value(0.25)).isCloseTo(9.75, within(CLOSE));
    assertThat(units.standardError(0.25)).isCloseTo(0.5773502691896258, within(CLOSE));
    double[] moved = {6.75, 7.75, 8.75, 9.75, 10.75, 7.75, 7.75, 7.75, 7.75, 12.75};
    Interval rest = SkewedMean.interval(moved, 0.99);
    assertThat(units.asymptotic(0.25).low()).isCloseTo(1 + rest.low(), within(CLOSE));
    assertThat(units.asymptotic(0.25).high()).isCloseTo(1 + rest.high(), within(CLOSE));
    double[] asDrawn = {0, 1, 2, 3, 10, 10, 10, 10, 15};
    assertThat(fiveOfEach(4).standardError(0.25))
        .isCloseTo(Weights.standardError(asDrawn), within(CLOSE));
  }

  /** Ends of what weighted units add are divided by the mean weight. */
  @Test
  void asymptotic_ofWeightedUnits_isInUnitsOfTheMeanWeight() {
    Interval rest = SkewedMean.interval(new double[] {0.2, 0.1}, 0.99);
    Interval ends = plainAndGuided().asymptotic(0.5);
    double found = (0.5 * 0.2 + 0.3) / 1.5;
    assertThat(ends.low()).isCloseTo(found + rest.low() / 0.75, within(CLOSE));
    assertThat(ends.high()).isCloseTo(found + rest.high() / 0.75, within(1e-9));
  }

  /** So many units that add 1 and so many that add 0; so many of the former plain. */
  private static boolean enough(int ones, int zeros, int plain) {
    var units = new FrontierUnits();
    for (int t = 0; t < ones; t++) {
      units.add(0, 0, 1, t < plain, t < plain ? 1 : 0);
    }
    for (int t = 0; t < zeros; t++) {
      units.add(0, 0, 0, false, 0);
    }
    return units.areEnough();
  }

  /** Conditions G1 to G3 of docs/intervals.md, at their edges. */
  @Test
  void areEnough_atTheEdges_isAsStated() {
    assertThat(enough(19, 0, 19)).isFalse();
    assertThat(enough(20, 0, 20)).isTrue();
    assertThat(enough(9, 11, 9)).isFalse();
    assertThat(enough(10, 10, 5)).isTrue();
    assertThat(enough(10, 10, 4)).isFalse();
    // Without plain ones: none has a tenth of the sum, and 15% of all count.
    assertThat(enough(11, 9, 0)).isTrue();
    assertThat(enough(15, 85, 0)).isTrue();
    assertThat(enough(14, 86, 0)).isFalse();
  }

  @Test
  void units_manyOfThem_areAllKept() {
    var units = new FrontierUnits();
    for (int t = 0; t < 200; t++) {
      units.add(t, -0.001 * t, 1, t % 2 == 0, t % 2 == 0 ? 1 : 0);
    }
    assertThat(units.size()).isEqualTo(200);
    assertThat(units.weights()).hasSize(200).contains(1);
    assertThat(units.weights()[0]).isCloseTo(Math.exp(-0.199), within(CLOSE));
    assertThat(units.plainEffectiveSize()).isCloseTo(100, within(1e-9));
  }
}
