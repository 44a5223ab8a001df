package io.tailwalk.sampling.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Rewards;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.statistics.BettingCapital;
import io.tailwalk.statistics.ClopperPearson;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What becomes of evidence, with levels and edges worked out by hand. */
class ExactEvidenceTest {
  private static final double CLOSE = 1e-12;

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

  private record PassOrFail(double logRewardBound, boolean passesOrFails) implements Verifier {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public double logReward(Candidate complete) {
      return logRewardBound;
    }
  }

  /**
   * Three of eight draws pass with a reward of 2. Where their number was fixed the ends are twice
   * Clopper and Pearson's; where it was cut, or rewards are graded, they are betting ends.
   */
  @Test
  void plainDraws_byWhatDecidedTheirNumber() {
    double[] rewards = {2, 0, 0, 2, 0, 2, 0, 0};
    var verifier = new PassOrFail(Math.log(2), true);
    Interval range = Interval.certain(0, 2);
    Interval fixed = ends(verifier, rewards, PlainDraws.Count.FIXED);
    Interval share = ClopperPearson.interval(3, 8, 0.05);
    assertThat(fixed.low()).isCloseTo(2 * share.low(), within(CLOSE));
    assertThat(fixed.high()).isCloseTo(2 * share.high(), within(CLOSE));
    Interval reached = ends(verifier, rewards, PlainDraws.Count.REACHED);
    assertThat(reached.high())
        .isCloseTo(2 * ClopperPearson.interval(3, 8, 0.01).high(), within(CLOSE));
    var bets = new BettingCapital(0.04);
    for (double reward : rewards) {
      bets.add(0, reward, Rewards.bound(verifier));
    }
    Interval betting = range.meet(Evidence.rounded(bets.interval()));
    assertThat(ends(verifier, rewards, PlainDraws.Count.CUT)).isEqualTo(betting);
    var graded = new PassOrFail(Math.log(2), false);
    assertThat(ends(graded, rewards, PlainDraws.Count.FIXED)).isEqualTo(betting);
    Evidence evidence = PlainDraws.of(verifier, rewards, 4, PlainDraws.Count.CUT);
    assertThat(evidence.capital().size()).isEqualTo(8);
    assertThat(evidence.diagnostics())
        .containsEntry(Evidence.OWN_ESTIMATE, 1.0)
        .containsEntry("replicates", 4.0);
    Evidence none = PlainDraws.of(verifier, new double[0], 0, PlainDraws.Count.FIXED);
    assertThat(none.diagnostics()).isEmpty();
    assertThat(none.estimate(range, false).interval()).isEqualTo(range);
  }

  private static Interval ends(Verifier verifier, double[] rewards, PlainDraws.Count number) {
    return PlainDraws.of(verifier, rewards, rewards.length, number)
        .estimate(Interval.certain(0, 2), false)
        .guaranteed();
  }

  /** Units that are enough have their own asymptotic interval, where it is confirmed. */
  @Test
  void asymptoticEnds_ofUnits_comeFirst() {
    for (boolean close : new boolean[] {true, false}) {
      var evidence = new Evidence();
      double[] added = new double[30];
      for (int t = 0; t < 30; t++) {
        added[t] = 1 + t % 3;
        evidence.units().add(0, 0, added[t], true, added[t]);
      }
      Interval ofUnits = SkewedMean.interval(added, 0.99);
      double edge = 2 + 2 * (ofUnits.high() - 2);
      Interval certain = Interval.certain(0, close ? edge - 1e-9 : edge + 1e-9);
      Estimate estimate = evidence.estimate(certain, false);
      assertThat(estimate.interval()).isEqualTo(close ? ofUnits : certain);
      assertThat(estimate.value()).isCloseTo(2, within(CLOSE));
    }
  }
}
