package io.tailwalk.coverage.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.PromptSizes;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Samples whose empirical distribution is the exact distribution: the aggregate must return closed
 * forms, not estimates.
 */
class ExactDistributionsTest {
  private static final NGrid GRID = NGrid.logarithmic(10, 3);

  @Test
  void profile_ofBernoulliProducts_isBinomialTail() {
    int length = 10;
    double q = 0.2;
    ProfileAggregate aggregate = ProfileAggregate.withReference(List.of("q"), GRID);
    for (int y = 0; y < 1 << length; y++) {
      int ones = Integer.bitCount(y);
      double logQ = ones * Math.log(q) + (length - ones) * Math.log1p(-q);
      aggregate.add(y, -length * Math.log(2), new double[] {logQ}, new long[] {length});
    }

    ModelProfile profile = only(aggregate, 1 << length);

    double kl = length * (0.5 * Math.log(0.5 / q) + 0.5 * Math.log(0.5 / (1 - q)));
    assertThat(profile.kl().orElseThrow().value()).isCloseTo(kl, within(1e-12));
    assertThat(profile.crossEntropy().value()).isCloseTo(kl + length * Math.log(2), within(1e-12));
    assertThat(profile.crossEntropyPerToken().orElseThrow().value())
        .isCloseTo(kl / length + Math.log(2), within(1e-12));
    for (ProfilePoint point : profile.points()) {
      assertThat(point.coverage()).isEqualTo(binomialTail(length, q, point.n()));
    }
  }

  /** P over fair coins that 0.5^length / (q^ones (1-q)^zeros) >= n, by summing binomials. */
  private static double binomialTail(int length, double q, double n) {
    double mass = 0;
    double ways = 1;
    for (int ones = 0; ones <= length; ones++) {
      double density = Math.pow(0.5, length);
      if (density >= n * Math.pow(q, ones) * Math.pow(1 - q, length - ones)) {
        mass += ways * density;
      }
      ways = ways * (length - ones) / (ones + 1);
    }
    return mass;
  }

  @Test
  void profile_ofGeometricDistributions_isPowerOfRatio() {
    double q = 0.3;
    int depth = 14;
    ProfileAggregate aggregate = ProfileAggregate.withReference(List.of("q"), GRID);
    long key = 0;
    for (int k = 0; k <= depth; k++) {
      int copies = 1 << Math.max(0, depth - 1 - k);
      for (int copy = 0; copy < copies; copy++) {
        double logPi = (k + 1) * Math.log(0.5);
        double logQ = Math.log1p(-q) + k * Math.log(q);
        aggregate.add(key++, logPi, new double[] {logQ}, new long[] {k});
      }
    }

    ModelProfile profile = only(aggregate, 1 << depth);

    for (ProfilePoint point : profile.points()) {
      double first = Math.ceil(Math.log(point.n() * (1 - q) / 0.5) / Math.log(0.5 / q));
      if (first <= depth) {
        assertThat(point.coverage()).isEqualTo(Math.pow(0.5, first));
      }
    }
    assertThat(profile.lengths().getFirst().coverage().getFirst()).isEqualTo(0.0);
    assertThat(profile.lengths()).extracting(LengthProfile::toTokens).startsWith(0L, 1L, 3L, 7L);
  }

  @Test
  void profile_ofRows_obeysKlBound() {
    double q = 0.2;
    ProfileAggregate aggregate = ProfileAggregate.withReference(List.of("q"), GRID);
    for (int y = 0; y < 1 << 8; y++) {
      int ones = Integer.bitCount(y);
      double logQ = ones * Math.log(q) + (8 - ones) * Math.log1p(-q);
      aggregate.add(y, -8 * Math.log(2), new double[] {logQ}, new long[] {8});
    }
    ModelProfile profile = only(aggregate, 256);
    double kl = profile.kl().orElseThrow().value();
    for (ProfilePoint point : profile.points()) {
      assertThat(point.coverage()).isLessThanOrEqualTo(CoverageBounds.fromKl(kl, point.n()));
    }
  }

  @Test
  void klBound_atItsExtremalDistribution_isNearlyAttained() {
    double n = 64;
    double p = 1e-6;
    double kl = p * Math.log(n) + (1 - p) * Math.log((1 - p) / (1 - p / n));
    assertThat(CoverageBounds.fromKl(kl, n)).isBetween(p, p * 1.01);
  }

  @Test
  void profile_whereModelGivesZero_isCoveredAtNoN() {
    ProfileAggregate aggregate = ProfileAggregate.withReference(List.of("q"), GRID);
    aggregate.add(1, -1.0, new double[] {Double.NEGATIVE_INFINITY}, new long[] {1});
    aggregate.add(2, -1.0, new double[] {-0.5}, new long[] {1});

    ModelProfile profile = only(aggregate, 2);

    assertThat(profile.points()).allMatch(point -> point.coverage() == 0.5);
    assertThat(profile.crossEntropy().value()).isInfinite();
    assertThat(profile.kl().orElseThrow().value()).isInfinite();
    assertThat(profile.zeroProbability()).isEqualTo(1);
  }

  @Test
  void profile_withoutReference_givesNoPoints() {
    ProfileAggregate aggregate = ProfileAggregate.withoutReference(List.of("q"));
    aggregate.add(1, Double.NaN, new double[] {-2.0}, new long[] {1});
    aggregate.add(2, Double.NaN, new double[] {-4.0}, new long[] {2});
    ModelProfile profile = only(aggregate, 2);
    assertThat(profile.points()).isEmpty();
    assertThat(profile.kl()).isEmpty();
    assertThat(profile.crossEntropy().value()).isEqualTo(3.0);
    assertThat(profile.crossEntropyPerToken().orElseThrow().value()).isEqualTo(2.0);
  }

  @Test
  void bestOfNBound_minimisesOverEnvelopes() {
    ProfileAggregate aggregate = ProfileAggregate.withReference(List.of("q"), NGrid.of(1, 2, 4, 8));
    aggregate.add(1, -1.0, new double[] {-1.5}, new long[] {1});
    aggregate.add(2, -1.0, new double[] {-2.0}, new long[] {1});
    List<ProfilePoint> points = only(aggregate, 2).points();

    CoverageBounds.BestOfNBound bound = CoverageBounds.bestOfN(20, 0.9, points);

    assertThat(bound.envelope()).isEqualTo(4);
    assertThat(bound.loss()).isCloseTo(Math.exp(-5), within(1e-15));
    assertThat(bound.success()).isCloseTo(0.9 - Math.exp(-5), within(1e-15));
    assertThat(CoverageBounds.necessaryLoss(1, points)).contains(0.25);
  }

  private static ModelProfile only(ProfileAggregate aggregate, long rows) {
    return aggregate.profiles(PromptSizes.independent(rows), Confidence.standard()).getFirst();
  }
}
