package io.tailwalk.coverage.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.DkwBand;
import io.tailwalk.coverage.stats.PromptSizes;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileDetailsTest {
  private static final double ZERO = Double.NEGATIVE_INFINITY;
  private static final Confidence CONFIDENCE = new Confidence(0.1, 100, 0);

  private static ProfileAggregate referenced(double... factors) {
    return ProfileAggregate.withReference(List.of("q"), NGrid.of(factors));
  }

  private static ModelProfile only(ProfileAggregate aggregate, PromptSizes sizes) {
    return aggregate.profiles(sizes, CONFIDENCE).getFirst();
  }

  /** Lengths fall into 0, 1, 2 to 3, 4 to 7; ln 2 and ln 4 are reached by 0.7 and 1.4 nats. */
  @Test
  void lengths_areKeptByPowersOfTwo() {
    ProfileAggregate aggregate = referenced(2, 4);
    double[] below = {0, 0.7, 1.4, 0.1, 0.7, 9};
    long[] tokens = {0, 1, 2, 3, 4, 7};
    for (int row = 0; row < tokens.length; row++) {
      aggregate.add(row, -1, new double[] {-1 - below[row]}, new long[] {tokens[row]});
    }
    List<LengthProfile> lengths = only(aggregate, PromptSizes.independent(6)).lengths();
    assertThat(lengths).extracting(LengthProfile::fromTokens).containsExactly(0L, 1L, 2L, 4L);
    assertThat(lengths).extracting(LengthProfile::toTokens).containsExactly(0L, 1L, 3L, 7L);
    assertThat(lengths).extracting(LengthProfile::rows).containsExactly(1L, 1L, 2L, 2L);
    assertThat(lengths)
        .extracting(LengthProfile::coverage)
        .containsExactly(
            List.of(0.0, 0.0), List.of(1.0, 0.0), List.of(0.5, 0.5), List.of(1.0, 0.5));
    assertThat(lengths.get(2).crossEntropy()).isCloseTo((2.4 + 1.1) / 2, within(1e-12));
    assertThat(lengths.get(2).crossEntropyPerToken()).isCloseTo((2.4 + 1.1) / 5, within(1e-12));
    assertThat(lengths.get(3).crossEntropyPerToken()).isCloseTo((1.7 + 10) / 11, within(1e-12));
  }

  @Test
  void lengths_withAResponseOfProbabilityZero_haveInfiniteCrossEntropy() {
    ProfileAggregate aggregate = referenced(2);
    aggregate.add(1, -1, new double[] {ZERO}, new long[] {1});
    aggregate.add(2, -1, new double[] {-1}, new long[] {1});
    aggregate.add(3, -1, new double[] {-1}, new long[] {2});
    List<LengthProfile> lengths = only(aggregate, PromptSizes.independent(3)).lengths();
    assertThat(lengths.getFirst().crossEntropy()).isInfinite();
    assertThat(lengths.getFirst().crossEntropyPerToken()).isInfinite();
    assertThat(lengths.get(1).crossEntropy()).isEqualTo(1);
    assertThat(lengths.get(1).coverage()).containsExactly(0.0);
  }

  /** The band is the coverage with the half-width to either side, cut at 0 and 1. */
  @Test
  void points_haveTheBandOfTheirPrompts() {
    ProfileAggregate aggregate = referenced(2);
    for (int row = 0; row < 400; row++) {
      aggregate.add(row / 2, -1, new double[] {row % 2 == 0 ? -3 : -1}, new long[] {1});
    }
    PromptSizes sizes = PromptSizes.of(0, 0, 200);
    ProfilePoint point = only(aggregate, sizes).points().getFirst();
    double half = DkwBand.halfWidth(sizes, 0.1);
    assertThat(point.n()).isEqualTo(2);
    assertThat(point.coverage()).isEqualTo(0.5);
    assertThat(point.band()).isEqualTo(Interval.guaranteed(0.5 - half, 0.5 + half));
  }

  /**
   * Two prompts of cross-entropies 1 and 3: mean 2, standard error 1; too few prompts for an
   * interval, whose lower end is then the least that a cross-entropy can be.
   */
  @Test
  void estimates_ofFewPrompts_areOpen() {
    ProfileAggregate aggregate = referenced(2);
    aggregate.add(1, -1, new double[] {-1}, new long[] {2});
    aggregate.add(2, -1, new double[] {-3}, new long[] {2});
    ModelProfile profile = only(aggregate, PromptSizes.independent(2));
    assertThat(profile.crossEntropy().value()).isEqualTo(2);
    assertThat(profile.crossEntropy().standardError()).isCloseTo(1, within(1e-12));
    assertThat(profile.crossEntropy().level()).isEqualTo(0.9);
    assertThat(profile.crossEntropy().interval()).isEqualTo(Interval.NON_NEGATIVE);
    assertThat(profile.crossEntropyPerToken().orElseThrow().value()).isEqualTo(1);
    assertThat(profile.kl().orElseThrow().value()).isEqualTo(1);
    assertThat(profile.kl().orElseThrow().interval()).isEqualTo(Interval.LINE);
  }

  @Test
  void estimates_whereAllPromptsAreAlike_haveNoStandardError() {
    ProfileAggregate aggregate = referenced(2);
    for (int row = 0; row < 30; row++) {
      aggregate.add(row, -1, new double[] {-2}, new long[] {0});
    }
    ModelProfile profile = only(aggregate, PromptSizes.independent(30));
    assertThat(profile.crossEntropy().standardError()).isNaN();
    assertThat(profile.crossEntropyPerToken()).isEmpty();
  }

  @Test
  void add_ofWhatIsNoLogProbability_isRefused() {
    for (double reference : new double[] {ZERO, 0.1, Double.NaN}) {
      assertThatThrownBy(() -> referenced(2).add(1, reference, new double[] {-1}, new long[] {1}))
          .isInstanceOf(CoverageException.class)
          .hasMessageStartingWith("reference log-probability");
    }
    assertThatThrownBy(() -> referenced(2).add(1, -1, new double[] {0.1}, new long[] {1}))
        .isInstanceOf(CoverageException.class)
        .hasMessageStartingWith("log_prob 0.1");
    referenced(2).add(1, 0, new double[] {0}, new long[] {1});
    assertThatThrownBy(() -> only(referenced(2), PromptSizes.of(0)))
        .isInstanceOf(CoverageException.class)
        .hasMessage("no rows for model q");
    assertThatThrownBy(() -> ProfileAggregate.withoutReference(List.of()))
        .isInstanceOf(CoverageException.class);
  }

  @Test
  void merge_ofParts_isTheWhole() {
    ProfileAggregate whole = referenced(2, 4);
    ProfileAggregate first = referenced(2, 4);
    ProfileAggregate second = referenced(2, 4);
    for (int row = 0; row < 60; row++) {
      double[] logProbs = {-1 - 0.1 * row};
      long[] tokens = {row % 9};
      whole.add(row / 2, -1, logProbs, tokens);
      (row % 3 == 0 ? first : second).add(row / 2, -1, logProbs, tokens);
    }
    first.merge(second);
    PromptSizes sizes = PromptSizes.of(0, 0, 30);
    assertThat(only(first, sizes)).isEqualTo(only(whole, sizes));
    for (ProfileAggregate other :
        List.of(
            referenced(2),
            ProfileAggregate.withReference(List.of("p"), NGrid.of(2, 4)),
            ProfileAggregate.withoutReference(List.of("q")))) {
      assertThatThrownBy(() -> first.merge(other)).isInstanceOf(IllegalArgumentException.class);
    }
    ProfileAggregate without = ProfileAggregate.withoutReference(List.of("q"));
    assertThatThrownBy(() -> referenced(1).merge(without))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** {@code ln 2 - 1 + 1/2 = 0.19314718}. */
  @Test
  void fromKl_isTheQuotient() {
    assertThat(CoverageBounds.fromKl(0.05, 2)).isCloseTo(0.05 / 0.1931471805599453, within(1e-12));
    assertThat(CoverageBounds.fromKl(0.2, 2)).isEqualTo(1);
    assertThat(CoverageBounds.fromKl(0, 1)).isEqualTo(1);
  }

  @Test
  void bounds_withoutAPointThatHelps_sayNothing() {
    Interval unit = Interval.certain(0, 1);
    List<ProfilePoint> points =
        List.of(new ProfilePoint(4, 0.6, unit, unit), new ProfilePoint(8, 0.4, unit, unit));
    CoverageBounds.BestOfNBound bound = CoverageBounds.bestOfN(1, 0.9, points);
    assertThat(bound.loss()).isEqualTo(1);
    assertThat(bound.envelope()).isNaN();
    assertThat(bound.success()).isZero();
    assertThat(CoverageBounds.necessaryLoss(2, points)).contains(0.3);
    assertThat(CoverageBounds.necessaryLoss(3, points)).contains(0.2);
    assertThat(CoverageBounds.necessaryLoss(5, points)).isEmpty();
  }
}
