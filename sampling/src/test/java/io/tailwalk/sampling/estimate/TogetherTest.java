package io.tailwalk.sampling.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.random.Streams;
import io.tailwalk.sampling.Diagnostics;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.testkit.Sweep;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TogetherTest {
  private static Sampling sampling(Estimate estimate, Evidence evidence) {
    return new Sampling(
        List.of(),
        List.of(),
        estimate,
        evidence.capital(),
        new Diagnostics(0, Map.of()),
        Cost.ZERO,
        StopReason.DONE);
  }

  private static Sampling sampling(Evidence evidence, Interval certain) {
    return sampling(evidence.estimate(certain, false), evidence);
  }

  /** Draws of a check with the given probability to pass. */
  private static Evidence draws(RandomGenerator random, int n, double z) {
    return draws(random, n, z, 1);
  }

  private static Evidence draws(RandomGenerator random, int n, double z, double reward) {
    double[] rewards = new double[n];
    var evidence = new Evidence();
    for (int i = 0; i < n; i++) {
      rewards[i] = random.nextDouble() < z ? reward : 0;
      evidence.addBounded(0, rewards[i], reward);
    }
    evidence.plainDraws(rewards);
    return evidence;
  }

  /** Precisions are one over squares, which are no doubles at these scales. */
  @Test
  void of_rewardsOfAnyScale_isTheSameInTheirUnits() {
    Estimate atOne = together(1);
    assertThat(atOne.interval().highKind()).isEqualTo(EndKind.ASYMPTOTIC);
    for (double scale : new double[] {1e-300, 1e-160, 1e160, 1e300}) {
      Estimate scaled = together(scale);
      assertThat(scaled.value() / scale).isCloseTo(atOne.value(), within(1e-9));
      assertThat(scaled.low() / scale).isCloseTo(atOne.low(), within(1e-6));
      assertThat(scaled.high() / scale).isCloseTo(atOne.high(), within(1e-6));
      assertThat(scaled.standardError() / scale).isCloseTo(atOne.standardError(), within(1e-9));
    }
  }

  private static Estimate together(double scale) {
    RandomGenerator random = Streams.of(43);
    Sampling first = sampling(draws(random, 400, 0.3, scale), Interval.certain(0, scale));
    Sampling second = sampling(draws(random, 100, 0.3, scale), Interval.certain(0, scale));
    return Together.of(first, second).estimate();
  }

  @Test
  void of_runsThatAgree_isNarrowerThanEither() {
    int covered = 0;
    int sharpened = 0;
    double ratios = 0;
    int rounds = 200;
    for (int round = 0; round < rounds; round++) {
      RandomGenerator random = Streams.of(41, round);
      Evidence first = draws(random, 400, 0.3);
      Evidence second = draws(random, 400, 0.3);
      Interval certain = Interval.certain(0.01, 1);
      Sampling walk = sampling(first, certain);
      Sampling plain = sampling(second, Interval.certain(0.02, 0.9));
      Together together = Together.of(walk, plain);
      Estimate estimate = together.estimate();
      assertThat(estimate.certain()).isEqualTo(Interval.certain(0.02, 0.9));
      assertThat(together.units().size()).isEqualTo(800);
      covered += estimate.interval().contains(0.3) ? 1 : 0;
      if (!together.disagree()) {
        double wide =
            walk.successProbability().guaranteed().width()
                + plain.successProbability().guaranteed().width();
        // The capital after some draw may have been luckier than that of all draws at once.
        assertThat(estimate.guaranteed().width()).isLessThan(0.62 * wide);
        ratios += 2 * estimate.guaranteed().width() / wide;
        assertThat(estimate.interval().width()).isLessThanOrEqualTo(estimate.guaranteed().width());
        sharpened += estimate.interval().highKind() == EndKind.ASYMPTOTIC ? 1 : 0;
        assertThat(estimate.value())
            .isBetween(
                Math.min(walk.successProbability().value(), plain.successProbability().value()),
                Math.max(walk.successProbability().value(), plain.successProbability().value()));
      }
    }
    assertThat(covered).isGreaterThan(185);
    assertThat(ratios / rounds).isBetween(0.6, 0.9);
    assertThat(sharpened).isGreaterThan(20);
  }

  /** A walk that missed: its asymptotic ends are incompatible with the plain draws. */
  @Test
  void of_contradictingRuns_saysSoAndKeepsNoAsymptoticEnd() {
    int[] overlapping = new int[1];
    Sweep.of(42)
        .cases(60)
        .run((random, number) -> {
          Evidence missed = draws(random, 400, 0.28);
          Evidence plain = draws(random, 400, number % 2 == 0 ? 0.9 : 0.46);
          Together together =
              Together.of(
                  sampling(missed, Interval.certain(0, 1)),
                  sampling(plain, Interval.certain(0.001, 1)));
          Estimate estimate = together.estimate();
          if (number % 2 == 1 && !together.disagree()) {
            return;
          }
          overlapping[0] += number % 2;
          assertThat(together.disagree()).isTrue();
          assertThat(estimate.interval()).isEqualTo(estimate.guaranteed());
          assertThat(estimate.interval().lowKind()).isNotEqualTo(EndKind.ASYMPTOTIC);
          assertThat(estimate.interval().highKind()).isNotEqualTo(EndKind.ASYMPTOTIC);
          assertThat(estimate.interval().width()).isPositive();
          assertThat(estimate.interval().contains(estimate.value())).isTrue();
        });
    assertThat(overlapping[0]).isGreaterThan(10);
  }

  @Test
  void of_exactWalk_staysExact() {
    RandomGenerator random = Streams.of(43);
    Interval known = Interval.exactly(0.25);
    Sampling exact = sampling(new Evidence().estimate(known, true), new Evidence());
    Together agreeing =
        Together.of(exact, sampling(draws(random, 100, 0.25), Interval.certain(0, 1)));
    assertThat(agreeing.estimate().isExact()).isTrue();
    assertThat(agreeing.guaranteed(1e-6)).isEqualTo(known);
    assertThat(agreeing.disagree()).isFalse();
    Together wrong = Together.of(exact, sampling(draws(random, 100, 0.9), Interval.certain(0, 1)));
    assertThat(wrong.disagree()).isTrue();
  }

  @Test
  void guaranteed_otherErrorProbability_goesWithIt() {
    RandomGenerator random = Streams.of(44);
    Together together =
        Together.of(
            sampling(draws(random, 200, 0.3), Interval.certain(0, 1)),
            sampling(draws(random, 200, 0.3), Interval.certain(0, 1)));
    Interval wide = together.guaranteed(1e-6);
    Interval narrow = together.guaranteed(0.3);
    assertThat(wide.low()).isLessThan(narrow.low());
    assertThat(wide.high()).isGreaterThan(narrow.high());
    assertThat(together.guaranteed(0.04).low())
        .isCloseTo(together.estimate().guaranteed().low(), within(1e-6));
  }

  /** A run without evidence leaves the result of the other run unchanged. */
  @Test
  void of_silentRuns_keepWhatIsCertain() {
    Sampling silent = sampling(new Evidence(), Interval.certain(0.1, 0.6));
    Together together = Together.of(silent, sampling(new Evidence(), Interval.NON_NEGATIVE));
    assertThat(together.estimate().interval()).isEqualTo(Interval.certain(0.1, 0.6));
    assertThat(together.disagree()).isFalse();
  }

  private static Together together(Estimate first, Estimate second) {
    return Together.of(sampling(first, new Evidence()), sampling(second, new Evidence()));
  }

  private static Estimate estimate(double value, double error, Interval interval) {
    Interval unit = Interval.certain(0, 1);
    return new Estimate(value, error, interval, unit, unit, 0.95, Bias.CLAMPED, "test");
  }

  /** Standard errors of 0.03 and 0.04 weigh 16 to 9: 0.64 times 0.3 and 0.36 times 0.4. */
  @Test
  void of_twoAsymptoticRuns_isWeightedByPrecision() {
    Estimate sharp = estimate(0.3, 0.03, Interval.asymptotic(0.2, 0.4));
    Estimate broad = estimate(0.4, 0.04, Interval.asymptotic(0.25, 0.6));
    Estimate sharpFirst = together(sharp, broad).estimate();
    assertThat(sharpFirst.value()).isCloseTo(0.336, within(1e-12));
    assertThat(sharpFirst.standardError()).isEqualTo(0.03);
    assertThat(sharpFirst.interval()).isEqualTo(Interval.asymptotic(0.2, 0.4));
    Estimate broadFirst = together(broad, sharp).estimate();
    assertThat(broadFirst.value()).isCloseTo(0.336, within(1e-12));
    assertThat(broadFirst.standardError()).isEqualTo(0.03);
    assertThat(broadFirst.interval()).isEqualTo(Interval.asymptotic(0.25, 0.6));
  }

  /** Where one of the two has no error that can be relied on, the first run's value counts. */
  @Test
  void of_oneRunWithoutAnError_isTheFirst() {
    Estimate sharp = estimate(0.3, 0.03, Interval.asymptotic(0.2, 0.4));
    Interval halfKnown = new Interval(0.25, EndKind.ASYMPTOTIC, 0.6, EndKind.CERTAIN);
    Estimate walk = estimate(0.4, 0.04, halfKnown);
    assertThat(together(sharp, walk).estimate().value()).isEqualTo(0.3);
    Estimate walkFirst = together(walk, sharp).estimate();
    assertThat(walkFirst.value()).isEqualTo(0.4);
    assertThat(walkFirst.interval())
        .isEqualTo(new Interval(0.25, EndKind.ASYMPTOTIC, 1, EndKind.CERTAIN));
    Interval upperOnly = new Interval(0.1, EndKind.GUARANTEED, 0.6, EndKind.ASYMPTOTIC);
    assertThat(together(estimate(0.4, 0.04, upperOnly), sharp).estimate().interval())
        .isEqualTo(new Interval(0, EndKind.CERTAIN, 0.6, EndKind.ASYMPTOTIC));
    Estimate without = estimate(0.4, Double.NaN, Interval.asymptotic(0.25, 0.6));
    assertThat(together(sharp, without).estimate().value()).isEqualTo(0.3);
    assertThat(together(sharp, without).estimate().standardError()).isEqualTo(0.03);
    assertThat(together(without, sharp).estimate().value()).isEqualTo(0.4);
    assertThat(together(without, sharp).estimate().standardError()).isNaN();
  }

  /** Intervals that touch do not contradict each other. */
  @Test
  void disagree_fromTheFirstGapOn() {
    Estimate walk = estimate(0.3, 0.03, Interval.asymptotic(0.2, 0.4));
    for (double gap : new double[] {0, 1e-9}) {
      Interval above = Interval.guaranteed(0.4 + gap, 0.8);
      Interval below = Interval.guaranteed(0.1, 0.2 - gap);
      for (Interval other : new Interval[] {above, below}) {
        Estimate plain =
            new Estimate(
                other.low(), 0.1, other, Interval.certain(0, 1), other, 0.95, Bias.CLAMPED, "test");
        assertThat(together(walk, plain).disagree()).isEqualTo(gap > 0);
        assertThat(together(plain, walk).disagree()).isEqualTo(gap > 0);
      }
    }
  }
}
