package io.tailwalk.sampling.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.sampling.estimate.TourEstimates;
import org.junit.jupiter.api.Test;

class TourLogTest {
  /** Possible results of a tree. */
  private static final Interval CLOSE = Interval.certain(0.6, 0.9);

  private static final Interval NOTHING = Interval.certain(0, 1e9);

  private static TourLog finishedTours() {
    var log = new TourLog();
    for (int tour = 0; tour < 200; tour++) {
      log.add(tour, 0, Math.log(0.5), tour % 4);
    }
    return log;
  }

  private static Estimate estimate(TourLog log, boolean numberFixed, Interval certain) {
    return TourEstimates.evidence(log, 1, numberFixed).estimate(certain, false);
  }

  private static double ownIsUnbiased(TourLog log, boolean numberFixed) {
    var diagnostics = TourEstimates.evidence(log, 1, numberFixed).diagnostics();
    return diagnostics.getOrDefault(Evidence.OWN_UNBIASED, Double.NaN);
  }

  /** Tours follow the values: their spread gives no upper bound. */
  @Test
  void estimate_tours_sharpenTheLowerEndOnly() {
    Estimate estimate = estimate(finishedTours(), true, CLOSE);
    assertThat(estimate.value()).isEqualTo(0.75);
    assertThat(estimate.standardError()).isBetween(0.03, 0.05);
    assertThat(estimate.interval().lowKind()).isEqualTo(EndKind.GUARANTEED);
    assertThat(estimate.low()).isBetween(0.6, 0.75);
    assertThat(estimate.high()).isEqualTo(0.9);
    assertThat(estimate(finishedTours(), true, NOTHING).high()).isEqualTo(1e9);
  }

  /** A budget that decides the number of tours biases their mean (Z = 0.46 came out as 0.43). */
  @Test
  void estimate_numberDecidedByTheBudget_isNotUnbiased() {
    assertThat(ownIsUnbiased(finishedTours(), true)).isOne();
    assertThat(ownIsUnbiased(finishedTours(), false)).isZero();
    assertThat(estimate(finishedTours(), true, CLOSE).bias()).isEqualTo(Bias.CLAMPED);
  }

  /** The cut tour may contribute as much as all others, whatever it had seen when it was cut. */
  @Test
  void estimate_cutTour_hasNoStandardError() {
    for (int visits : new int[] {0, 20, 100}) {
      TourLog log = finishedTours();
      log.addUnfinished(200, Math.log(0.5), visits);
      Estimate estimate = estimate(log, true, CLOSE);
      assertThat(ownIsUnbiased(log, true)).isZero();
      assertThat(estimate.standardError()).isNaN();
      assertThat(estimate.interval().highKind()).isEqualTo(EndKind.CERTAIN);
    }
  }

  /** The first tours to end are the short ones; only tours that began before the cut one count. */
  @Test
  void estimate_shortToursBehindACutOne_moveNoGuaranteedEnd() {
    var log = new TourLog();
    for (int tour = 1; tour < 300; tour++) {
      log.add(tour, 0, 0, 1);
    }
    log.addUnfinished(0, 0, 0);
    assertThat(log.inOrderOfBeginning()).isEmpty();
    assertThat(estimate(log, false, NOTHING).low()).isZero();
  }

  @Test
  void order_isThatOfBeginning_notOfEnding() {
    var log = new TourLog();
    log.add(2, 0, 0, 1);
    log.add(0, 0, 0, 0);
    log.add(1, 0, 0, 2);
    log.add(4, 0, 0, 5);
    log.addUnfinished(3, 0, 0);
    assertThat(log.inOrderOfBeginning()).containsExactly(1, 2, 0);
  }

  /** Root masses of 1/2 times visits: 1/2, 1 and 3/2; what was seen of a cut tour counts as one. */
  @Test
  void tours_cutAndWhole_areAveraged() {
    var log = new TourLog();
    for (int tour = 0; tour < 3; tour++) {
      log.add(tour, tour % 2, Math.log(0.5), tour + 1);
    }
    Evidence whole = TourEstimates.evidence(log, 1, true);
    Estimate estimate = whole.estimate(Interval.NON_NEGATIVE, false);
    assertThat(estimate.value()).isCloseTo(1, within(1e-12));
    assertThat(estimate.standardError()).isCloseTo(0.5 / Math.sqrt(3), within(1e-12));
    assertThat(whole.capital().size()).isEqualTo(3);
    // 9 / 3.5.
    assertThat(TourEstimates.effectiveSampleSize(log)).isCloseTo(9 / 3.5, within(1e-12));
    Evidence copies = TourEstimates.evidence(log, 3, true);
    // Copies 0 and 1 have tours of 1/2 and 3/2, and of 1; the third has none.
    Estimate ofCopies = copies.estimate(Interval.NON_NEGATIVE, false);
    assertThat(ofCopies.value()).isCloseTo(1, within(1e-12));
    assertThat(ofCopies.standardError()).isNaN();
    assertThat(ofCopies.method()).isEqualTo("mean over 3 sampled trees");
    log.addUnfinished(3, Math.log(0.5), 4);
    Evidence cut = TourEstimates.evidence(log, 1, true);
    assertThat(cut.diagnostics().get(Evidence.OWN_ESTIMATE)).isCloseTo(5 / 4.0, within(1e-12));
    assertThat(TourEstimates.evidence(new TourLog(), 1, true).diagnostics()).isEmpty();
  }
}
