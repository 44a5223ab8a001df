package io.tailwalk.sampling.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.sampling.estimate.Estimate;
import io.tailwalk.sampling.estimate.TourEstimates;
import org.junit.jupiter.api.Test;

class TourLogTest {

  private static TourLog finishedTours() {
    var log = new TourLog();
    for (int tour = 0; tour < 200; tour++) {
      log.add(0, Math.log(0.5), tour % 4);
    }
    return log;
  }

  @Test
  void successProbability_cutTourWithFewVisits_keepsTheInterval() {
    TourLog log = finishedTours();
    log.addUnfinished(20);
    Estimate estimate = TourEstimates.successProbability(log, 1, true);
    assertThat(estimate.value()).isEqualTo(0.75);
    assertThat(estimate.unbiased()).isFalse();
    assertThat(estimate.high()).isLessThan(1);
  }

  /** A budget that decides the number of tours biases their mean (Z = 0.46 came out as 0.43). */
  @Test
  void successProbability_numberDecidedByTheBudget_isNotUnbiased() {
    assertThat(TourEstimates.successProbability(finishedTours(), 1, true).unbiased()).isTrue();
    assertThat(TourEstimates.successProbability(finishedTours(), 1, false).unbiased()).isFalse();
  }

  /** The cut tour may hold as much mass as all others: nothing bounds Z from above. */
  @Test
  void successProbability_cutTourWithManyVisits_hasNoUpperEnd() {
    TourLog log = finishedTours();
    log.addUnfinished(100);
    Estimate estimate = TourEstimates.successProbability(log, 1, true);
    assertThat(estimate.low()).isPositive();
    assertThat(estimate.high()).isEqualTo(Double.POSITIVE_INFINITY);
  }
}
