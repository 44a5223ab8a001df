package io.tailwalk.sampling.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.statistics.ClopperPearson;
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

  /** Clopper and Pearson's at 5%, and at 1% where a limit might have cut the run. */
  @Test
  void fixedNumber_whereALimitMightCut_leavesFourPercentToTheBets() {
    Interval all = Interval.certain(0, 2);
    for (boolean mayBeCut : new boolean[] {false, true}) {
      var evidence = new Evidence();
      evidence.fixedNumber(3, 20, 2, mayBeCut);
      Interval share = ClopperPearson.interval(3, 20, mayBeCut ? 0.01 : 0.05);
      Interval ends = evidence.estimate(all, false).guaranteed();
      assertThat(ends.low()).isCloseTo(2 * share.low(), within(CLOSE));
      assertThat(ends.high()).isCloseTo(2 * share.high(), within(CLOSE));
      assertThat(ends.lowKind()).isEqualTo(EndKind.GUARANTEED);
    }
  }

  /** The n-th acceptance at draw N: (n-1)/(N-1); else k/N; for n = 1, 1/N, which errs high. */
  @Test
  void acceptance_isCountedByWhatStoppedTheRun() {
    assertAcceptance(3, 11, 3, 2 * 2 / 10.0, 1, Bias.CLAMPED);
    assertAcceptance(2, 10, 3, 2 * 0.2, 1, Bias.CLAMPED);
    assertAcceptance(1, 4, 1, 2 * 0.25, 0, Bias.HIGH);
    assertAcceptance(0, 4, 1, 0, 0, Bias.HIGH);
  }

  private static void assertAcceptance(
      int accepted, int draws, int wanted, double value, double unbiased, Bias bias) {
    var evidence = new Evidence();
    PlainDraws.estimateByAcceptance(evidence, accepted, draws, wanted, 2);
    assertThat(evidence.diagnostics().get(Evidence.OWN_ESTIMATE)).isCloseTo(value, within(CLOSE));
    assertThat(evidence.diagnostics()).containsEntry(Evidence.OWN_UNBIASED, unbiased);
    Estimate estimate = evidence.estimate(Interval.certain(0, 2), false);
    assertThat(estimate.bias()).isEqualTo(bias);
    assertThat(estimate.method()).isEqualTo("share of accepted draws");
  }

  /** Draws of which 10 have reward 1, the others none; effective size 10. */
  private static Estimate ofDraws(int draws, int ones, Interval certain) {
    double[] rewards = new double[draws];
    Arrays.fill(rewards, 0, ones, 1);
    var evidence = new Evidence();
    evidence.plainDraws(rewards);
    return evidence.estimate(certain, false);
  }

  /**
   * The asymptotic interval is used when the guaranteed upper end lies at most twice as far above
   * the mean as the asymptotic one, and when the two have a part in common.
   */
  @Test
  void asymptoticEnds_areUsedWhereGuaranteedOnesConfirmThem() {
    double[] rewards = new double[20];
    Arrays.fill(rewards, 0, 10, 1);
    Interval ends = SkewedMean.interval(rewards, 0.99);
    double edge = 0.5 + 2 * (ends.high() - 0.5);
    Estimate confirmed = ofDraws(20, 10, Interval.certain(0, edge - 1e-9));
    assertThat(confirmed.interval()).isEqualTo(ends);
    assertThat(confirmed.value()).isEqualTo(0.5);
    assertThat(confirmed.standardError()).isCloseTo(Math.sqrt(5 / 19.0 / 20), within(CLOSE));
    assertThat(confirmed.method()).isEqualTo("mean over plain draws");
    Interval wide = Interval.certain(0, edge + 1e-9);
    assertThat(ofDraws(20, 10, wide).interval()).isEqualTo(wide);
    Interval apart = Interval.certain(ends.high(), ends.high() + 0.01);
    assertThat(ofDraws(20, 10, apart).interval()).isEqualTo(apart);
    Interval below = Interval.certain(0, ends.low());
    assertThat(ofDraws(20, 10, below).interval()).isEqualTo(below);
    Interval open = Interval.NON_NEGATIVE;
    assertThat(ofDraws(20, 10, open).interval()).isEqualTo(open);
    // Too few draws, and too few that count.
    Interval narrow = Interval.certain(0, 0.9);
    assertThat(ofDraws(19, 10, narrow).interval()).isEqualTo(narrow);
    assertThat(ofDraws(20, 9, narrow).interval()).isEqualTo(narrow);
  }

  /** Guided values make no asymptotic interval. */
  @Test
  void replicates_ofGuidedRuns_haveAStandardErrorOnly() {
    double[] values = new double[40];
    Arrays.setAll(values, t -> t % 2);
    var evidence = new Evidence();
    evidence.estimate(0.5, true, "m");
    evidence.replicates(values);
    Interval certain = Interval.certain(0, 0.8);
    Estimate estimate = evidence.estimate(certain, false);
    assertThat(estimate.interval()).isEqualTo(certain);
    assertThat(estimate.standardError()).isCloseTo(Math.sqrt(10 / 39.0 / 40), within(CLOSE));
    assertThat(evidence.diagnostics())
        .containsEntry("replicates", 40.0)
        .containsEntry("largest_share", 0.05)
        .containsEntry("own_estimate", 0.5)
        .doesNotContainKeys("frontier_draws", "pareto_shape");
    Arrays.setAll(values, t -> t);
    evidence.replicates(values);
    assertThat(evidence.diagnostics().get("pareto_shape")).isEqualTo(Weights.paretoShape(values));
  }

  @Test
  void exact_isTheMiddleOfTheEnds() {
    Estimate known = new Evidence().estimate(Interval.certain(0.25, 0.5), true);
    assertThat(known.value()).isEqualTo(0.375);
    assertThat(new Evidence().estimate(Interval.certain(0, 1e-320), true).value()).isZero();
  }

  @Test
  void diagnostics_ofFrontierUnits_areTheirs() {
    var evidence = new Evidence();
    evidence.units().add(0, 0, 1, true, 1);
    evidence.units().add(0, 0, 3, false, 0);
    assertThat(evidence.diagnostics())
        .containsEntry("frontier_draws", 2.0)
        .containsEntry("frontier_plain_effective_draws", 1.0)
        .containsEntry("frontier_largest_share", 0.75)
        .doesNotContainKeys("own_estimate", "pareto_shape", "replicates");
    assertThat(evidence.diagnostics().get("frontier_effective_draws"))
        .isCloseTo(1.6, within(CLOSE));
    evidence.plainShare(0.5);
    assertThat(evidence.plainShare()).isEqualTo(0.5);
    Estimate estimate = evidence.estimate(Interval.certain(0, 10), false);
    assertThat(estimate.value()).isEqualTo(2);
    assertThat(estimate.method()).isEqualTo("draws from the frontier");
    assertThat(estimate.standardError()).isCloseTo(1, within(CLOSE));
  }

  /** Weights of 1/2, 1/2 and 1/2 by family; the third system came too late to be counted. */
  @Test
  void particles_areCountedWithinTheBudget() {
    var mass = new ParticleMass();
    mass.add(0, new double[] {0.5, 0.5}, true);
    mass.add(Math.log(0.5), new double[] {0, 1}, true);
    assertThat(mass.effectiveSize()).isCloseTo(3, within(CLOSE));
    mass.add(Double.NEGATIVE_INFINITY, new double[] {0, 0}, false);
    assertThat(mass.all()).isEqualTo(3);
    assertThat(mass.counted()).isEqualTo(2);
    assertThat(mass.effectiveSize()).isCloseTo(3, within(CLOSE));
    Evidence evidence = mass.evidence();
    assertThat(evidence.capital().size()).isEqualTo(3);
    Estimate estimate = evidence.estimate(Interval.NON_NEGATIVE, false);
    assertThat(estimate.value()).isCloseTo(0.75, within(CLOSE));
    assertThat(estimate.standardError()).isCloseTo(0.25, within(CLOSE));
    assertThat(estimate.method()).isEqualTo("mean over 2 particle systems");
    var first = new ParticleMass();
    first.add(0, new double[] {1}, false);
    assertThat(first.counted()).isOne();
    assertThat(new ParticleMass().evidence().diagnostics()).isEmpty();
  }
}
