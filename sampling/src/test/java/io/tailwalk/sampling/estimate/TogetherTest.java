package io.tailwalk.sampling.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.cost.StopReason;
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
        // What was looked at after each draw may have been luckier than all draws at once.
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

  /** A walk that missed: its asymptotic ends lie where the plain draws cannot be. */
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

  /** Runs with nothing to say leave what the other says. */
  @Test
  void of_silentRuns_keepWhatIsCertain() {
    Sampling silent = sampling(new Evidence(), Interval.certain(0.1, 0.6));
    Together together = Together.of(silent, sampling(new Evidence(), Interval.NON_NEGATIVE));
    assertThat(together.estimate().interval()).isEqualTo(Interval.certain(0.1, 0.6));
    assertThat(together.disagree()).isFalse();
  }
}
