package io.tailwalk.sampling.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.testkit.Sweep;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** An interval never claims more than the evidence supports. */
class EvidenceTest {

  /** Values of one kind: equal, equal up to rounding, zeros, ones, few, heavy-tailed. */
  private static double[] values(RandomGenerator random, int n, double bound) {
    double one = bound * random.nextDouble();
    int kind = random.nextInt(8);
    double[] values = new double[n];
    Arrays.setAll(
        values,
        _ ->
            switch (kind) {
              case 0 -> 0;
              case 1 -> bound;
              case 2 -> one;
              case 3 -> Math.min(bound, one * (1 + 1e-15 * random.nextInt(3)));
              case 4 -> random.nextInt(20) == 0 ? bound : 0;
              case 5 -> bound * random.nextInt(2);
              case 6 -> bound * Math.pow(random.nextDouble(), 30);
              default -> bound * random.nextDouble();
            });
    return values;
  }

  /** Frontier units from a frontier that shrinks, found mass growing. */
  private static void addFrontier(
      Evidence evidence, RandomGenerator random, int n, double bound, double found, double open) {
    double share = evidence.plainShare();
    double[] parts = values(random, n, 1);
    double foundNow = 0;
    double openNow = 1;
    for (int t = 0; t < n; t++) {
      boolean plain = random.nextDouble() < share;
      double range = bound * openNow / share;
      double drawn = parts[t] * range * random.nextDouble();
      evidence.addBounded(foundNow, foundNow + drawn, foundNow + range);
      evidence.units().add(foundNow, Math.log(openNow), drawn, plain, plain ? share * drawn : 0);
      foundNow += (found - foundNow) * 0.2 * random.nextDouble();
      openNow -= (openNow - open) * 0.2 * random.nextDouble();
    }
  }

  private static Evidence evidence(
      RandomGenerator random, double bound, double found, double open) {
    var evidence = new Evidence();
    int n = 1 + random.nextInt(random.nextInt(4) == 0 ? 300 : 30);
    if (random.nextBoolean()) {
      double[] rewards = values(random, n, bound);
      Arrays.stream(rewards).forEach(reward -> evidence.addBounded(0, reward, bound));
      if (random.nextBoolean()) {
        evidence.plainDraws(rewards);
      }
    }
    if (random.nextInt(3) == 0) {
      double huge = Math.exp(60 * random.nextDouble());
      double[] masses = values(random, n, bound * huge);
      Arrays.stream(masses).forEach(evidence::addUnbounded);
      evidence.estimate(Arrays.stream(masses).average().orElse(0), true, "masses");
      evidence.replicates(masses);
    }
    if (random.nextBoolean()) {
      evidence.plainShare(random.nextBoolean() ? 1 : 0.1 + 0.9 * random.nextDouble());
      addFrontier(evidence, random, n, bound, found, open);
    }
    if (random.nextInt(6) == 0) {
      evidence.fixedNumber(random.nextInt(n + 1), n, bound, random.nextBoolean());
    }
    return evidence;
  }

  @Test
  void estimate_anyEvidence_claimsNoMoreThanIsKnown() {
    Map<EndKind, Integer> kinds = new EnumMap<>(EndKind.class);
    Sweep.of(21)
        .cases(3000)
        .run((random, number) -> {
          double bound = number % 7 == 0 ? 1 : Math.exp(40 * random.nextDouble() - 20);
          double open = Math.max(1e-9, random.nextDouble());
          double found = bound * (1 - open) * random.nextDouble();
          Evidence evidence = evidence(random, bound, found, open);
          double high =
              switch (number % 3) {
                case 0 -> bound;
                case 1 -> Double.POSITIVE_INFINITY;
                default -> Math.min(bound, found + bound * open);
              };
          Interval certain = Interval.certain(number % 5 == 0 ? 0 : found, high);
          Estimate estimate = evidence.estimate(certain, false);
          assertHonest(estimate, certain);
          kinds.merge(estimate.interval().lowKind(), 1, Integer::sum);
          kinds.merge(estimate.interval().highKind(), 1, Integer::sum);
        });
    assertThat(kinds).hasSize(EndKind.values().length);
    assertThat(kinds.values()).allSatisfy(count -> assertThat(count).isGreaterThan(20));
  }

  private static void assertHonest(Estimate estimate, Interval certain) {
    Interval interval = estimate.interval();
    Interval guaranteed = estimate.guaranteed();
    assertThat(estimate.isExact()).isFalse();
    assertThat(estimate.level()).isEqualTo(Evidence.LEVEL);
    assertThat(interval.width()).as("%s", estimate).isPositive();
    assertThat(interval.contains(estimate.value())).isTrue();
    // No value is moved to an end that may be wrong.
    assertThat(interval.lowKind() == EndKind.ASYMPTOTIC && estimate.value() == interval.low())
        .isFalse();
    assertThat(interval.highKind() == EndKind.ASYMPTOTIC && estimate.value() == interval.high())
        .isFalse();
    assertThat(estimate.certain()).isEqualTo(certain);
    assertInside(guaranteed, certain);
    assertInside(interval, guaranteed);
    assertThat(guaranteed.lowKind()).isNotEqualTo(EndKind.ASYMPTOTIC);
    assertThat(guaranteed.highKind()).isNotEqualTo(EndKind.ASYMPTOTIC);
    assertThat(interval.lowKind()).isNotEqualTo(EndKind.OPEN);
    assertThat(interval.highKind() == EndKind.OPEN)
        .isEqualTo(interval.high() == Double.POSITIVE_INFINITY);
    assertEnd(interval.low(), interval.lowKind(), certain.low(), guaranteed.low());
    assertEnd(interval.high(), interval.highKind(), certain.high(), guaranteed.high());
    assertThat(estimate.standardError()).isNotEqualTo(0);
  }

  /**
   * Plain draws pass in 24 of 100, the sampler's own estimate is 0.081 with an error of 0.004: the
   * interval of the draws is not one of the estimate.
   */
  @Test
  void estimate_intervalOfOtherDrawsWithoutIt_isNotQuoted() {
    Evidence evidence = withDraws();
    evidence.estimate(0.081, true, "mean over trees");
    evidence.replicates(new double[] {0.077, 0.085});
    evidence.plainDraws(passes(24, 100));
    Estimate estimate = evidence.estimate(Interval.certain(0.05, 0.4), false);
    assertThat(estimate.interval()).isEqualTo(estimate.guaranteed());
    assertThat(estimate.value()).isEqualTo(Math.max(0.081, estimate.guaranteed().low()));
    assertThat(estimate.standardError()).isCloseTo(0.004, within(1e-12));
    assertThat(evidence.diagnostics()).containsEntry("plain_draws", 100.0);
  }

  /** A part of the run weighs by a share fixed before, whether or not the draws are enough. */
  @Test
  void estimate_besideUnits_isTheMeanByTheShare() {
    for (int draws : new int[] {1, 8, 200}) {
      var evidence = new Evidence();
      evidence.plainShare(1);
      evidence.estimate(0.4, true, "pilot");
      evidence.besideUnits(0.25, 0.09);
      for (int i = 0; i < draws; i++) {
        double drawn = i % 4 == 0 ? 1 : 0;
        evidence.addBounded(0, drawn, 1);
        evidence.units().addPlain(0, 0, drawn, drawn);
      }
      double mean = evidence.units().value(1);
      Estimate estimate = evidence.estimate(Interval.certain(0, 1), false);
      assertThat(estimate.value())
          .isCloseTo(
              Math.clamp(
                  0.25 * 0.4 + 0.75 * mean,
                  estimate.guaranteed().low(),
                  estimate.guaranteed().high()),
              within(1e-12));
      double ofDraws = 0.75 * evidence.units().standardError(1);
      if (draws > 1) {
        assertThat(estimate.standardError())
            .isCloseTo(Math.hypot(0.25 * 0.4 * 0.3, ofDraws), within(1e-12));
      }
    }
  }

  /** Units that have no share in the estimate are not its error or its method. */
  @Test
  void estimate_besideUnitsAlone_isTheOwnEstimate() {
    for (double variance : new double[] {0.09, Double.POSITIVE_INFINITY}) {
      var evidence = new Evidence();
      evidence.plainShare(1);
      evidence.estimate(0.4, true, "runs");
      evidence.besideUnits(1, variance);
      for (int i = 0; i < 200; i++) {
        double drawn = i % 2;
        evidence.addBounded(0, drawn, 1);
        evidence.units().addPlain(0, 0, drawn, drawn);
      }
      Estimate estimate = evidence.estimate(Interval.certain(0, 1), false);
      assertThat(estimate.value()).isCloseTo(0.4, within(0.05));
      assertThat(estimate.standardError()).isNaN();
      assertThat(estimate.method()).isEqualTo("runs");
      evidence.besideUnits(0.5, variance);
      assertThat(evidence.estimate(Interval.certain(0, 1), false).standardError())
          .isNotEqualTo(Double.POSITIVE_INFINITY);
    }
  }

  @Test
  void estimate_intervalOfOtherDrawsWithIt_isQuoted() {
    Evidence evidence = withDraws();
    evidence.estimate(0.22, true, "mean over trees");
    evidence.replicates(new double[] {0.2, 0.24});
    evidence.plainDraws(passes(24, 100));
    Estimate estimate = evidence.estimate(Interval.certain(0.05, 0.4), false);
    assertThat(estimate.interval().lowKind()).isEqualTo(EndKind.ASYMPTOTIC);
    assertThat(estimate.value()).isEqualTo(0.22);
    assertThat(estimate.moved()).isEmpty();
  }

  @Test
  void moved_saysWhichWay() {
    var below = new Evidence();
    below.estimate(0.03, true, "mean over trees");
    assertThat(below.estimate(Interval.certain(0.05, 0.4), false).moved()).contains("up");
    var above = new Evidence();
    above.estimate(0.5, true, "mean over trees");
    assertThat(above.estimate(Interval.certain(0.05, 0.4), false).moved()).contains("down");
    var nothing = new Evidence();
    nothing.estimate(0, true, "mean over trees");
    assertThat(nothing.estimate(Interval.certain(0, 0.4), false).moved()).isEmpty();
  }

  private static Evidence withDraws() {
    var evidence = new Evidence();
    Arrays.stream(passes(24, 100)).forEach(reward -> evidence.addBounded(0, reward, 1));
    return evidence;
  }

  private static double[] passes(int passed, int draws) {
    double[] rewards = new double[draws];
    for (int i = 0; i < passed; i++) {
      rewards[i * draws / passed] = 1;
    }
    return rewards;
  }

  private static void assertInside(Interval inner, Interval outer) {
    assertThat(inner.low()).isGreaterThanOrEqualTo(outer.low());
    assertThat(inner.high()).isLessThanOrEqualTo(outer.high());
  }

  /** An end has the strongest kind that provides it. */
  private static void assertEnd(double end, EndKind kind, double certain, double guaranteed) {
    if (kind != EndKind.OPEN) {
      assertThat(kind == EndKind.CERTAIN).isEqualTo(end == certain);
      assertThat(kind == EndKind.ASYMPTOTIC).isEqualTo(end != guaranteed);
    }
  }

  @Test
  void estimate_exact_isWhatTheTreeShows() {
    Sweep.of(22)
        .cases(100)
        .run((random, _) -> {
          Evidence evidence = evidence(random, 1, 0.3, 0.1);
          Estimate estimate = evidence.estimate(Interval.certain(0.3, 0.3), true);
          assertThat(estimate.isExact()).isTrue();
          assertThat(estimate.interval()).isEqualTo(Interval.exactly(0.3));
          assertThat(estimate.standardError()).isZero();
        });
  }

  /** Without evidence besides the bracket the interval is the bracket. */
  @Test
  void estimate_noEvidence_isTheBracket() {
    Interval certain = Interval.certain(0.2, 0.7);
    Estimate estimate = new Evidence().estimate(certain, false);
    assertThat(estimate.interval()).isEqualTo(certain);
    assertThat(estimate.value()).isEqualTo(0.2);
    assertThat(estimate.standardError()).isNaN();
  }
}
