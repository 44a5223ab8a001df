package io.tailwalk.coverage.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.statistics.Gaffke;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairAggregateTest {
  private static final double LOG_4 = Math.log(4);
  private static final NGrid GRID = NGrid.of(1, 2, 8);

  private static PairAggregate empty() {
    return new PairAggregate(List.of("a", "b"), GRID);
  }

  /** Of ten rows, a loses two by 4 and b one by 16; the other seven are ties. */
  private static PairAggregate ten() {
    PairAggregate aggregate = empty();
    for (int i = 0; i < 10; i++) {
      double a = -1 - (i < 2 ? LOG_4 : 0);
      double b = -1 - (i == 9 ? 2 * LOG_4 : 0);
      aggregate.add(i, new double[] {a, b});
    }
    return aggregate;
  }

  @Test
  void coverage_ofKnownRows_isExactAndHasGaffkesInterval() {
    PairDifference pair = ten().result(PromptSizes.independent(10), 0.05);
    assertThat(pair.prompts()).isEqualTo(10);
    double[][] rows = {
      {1, 1, -1, 0, 0, 0, 0, 0, 0, 0},
      {1, 1, -1, 0, 0, 0, 0, 0, 0, 0},
      {-1, 0, 0, 0, 0, 0, 0, 0, 0, 0}
    };
    double[] expected = {0.1, 0.1, -0.1};
    for (int n = 0; n < 3; n++) {
      Difference difference = pair.coverage().get(n).difference();
      assertThat(difference.value()).isCloseTo(expected[n], within(1e-15));
      assertThat(difference.interval()).isEqualTo(Gaffke.interval(rows[n], -1, 1, 0.05));
      assertThat(difference.furtherPrompts()).isInstanceOf(Needed.Further.class);
    }
  }

  @Test
  void crossEntropy_ofTenPrompts_isOpenAndNeedsTenMoreAtLeast() {
    Difference entropy = ten().result(PromptSizes.independent(10), 0.05).crossEntropy();
    assertThat(entropy.value()).isCloseTo(0, within(1e-15));
    assertThat(entropy.interval()).isEqualTo(Interval.LINE);
    PairAggregate clear = empty();
    for (int i = 0; i < 10; i++) {
      clear.add(i, new double[] {-1 - i * 1e-3, -9});
    }
    assertThat(clear.result(PromptSizes.independent(10), 0.05).crossEntropy().furtherPrompts())
        .isEqualTo(new Needed.Further(10));
  }

  @Test
  void crossEntropy_withProbabilityZero_isInfiniteOrUnknown() {
    PairAggregate one = ten();
    one.add(10, new double[] {Double.NEGATIVE_INFINITY, -1});
    PromptSizes sizes = PromptSizes.independent(11);
    assertThat(one.result(sizes, 0.05).crossEntropy().value()).isPositive().isInfinite();
    one.add(11, new double[] {-1, Double.NEGATIVE_INFINITY});
    Difference both = one.result(PromptSizes.independent(12), 0.05).crossEntropy();
    assertThat(both.value()).isNaN();
    assertThat(both.furtherPrompts()).isEqualTo(new Needed.Unknown());
  }

  /** Two rows a prompt: prompts and not rows are the sample. */
  @Test
  void coverage_ofPromptsOfOneSize_isGaffkesOfTheirMeans() {
    PairAggregate aggregate = empty();
    for (int prompt = 0; prompt < 4; prompt++) {
      aggregate.add(prompt, new double[] {-9, -1});
      aggregate.add(prompt, new double[] {-1, prompt == 0 ? -9 : -1});
    }
    Difference at = aggregate.result(PromptSizes.of(0, 0, 4), 0.05).coverage().get(1).difference();
    assertThat(at.value()).isEqualTo(0.375);
    assertThat(at.interval())
        .isEqualTo(Gaffke.interval(new double[] {0, 0.5, 0.5, 0.5}, -1, 1, 0.05));
    assertThat(at.interval().lowKind()).isEqualTo(EndKind.ASYMPTOTIC);
  }

  @Test
  void boundedRatio_ofNearlyEqualSizes_joinsThatOfEqualOnes() {
    double[] y = {0.5, -0.25, 0, 1, 0.5, 0.5};
    Interval equal = BoundedRatio.interval(y, new double[] {1, 1, 1, 1, 1, 1}, 0.05);
    Interval nearly = BoundedRatio.interval(y, new double[] {1, 1, 1, 1, 1, 1 + 1e-9}, 0.05);
    assertThat(nearly.low()).isCloseTo(equal.low(), within(1e-7));
    assertThat(nearly.high()).isCloseTo(equal.high(), within(1e-7));
  }

  /**
   * Prompts of 1, 2 or 9 rows, large ones better: of 2,000 intervals of 95% at most 140 miss. At a
   * coverage of exactly 0.95 more do with probability 3e-5.
   */
  @Test
  void boundedRatio_ofUnevenPrompts_coversTheRatioOfRows() {
    var random = new SplittableRandom(21);
    double truth = (1 * 0.2 + 2 * 0.0 + 9 * -0.3) / 12;
    int missed = 0;
    int missedByMeanOfPrompts = 0;
    for (int study = 0; study < 2000; study++) {
      double[] y = new double[30];
      double[] x = new double[30];
      double[] means = new double[30];
      for (int g = 0; g < 30; g++) {
        int kind = random.nextInt(3);
        x[g] = new double[] {1, 2, 9}[kind];
        double p = (1 + new double[] {0.2, 0.0, -0.3}[kind]) / 2;
        for (int row = 0; row < x[g]; row++) {
          y[g] += random.nextDouble() < p ? 1 : -1;
        }
        means[g] = y[g] / x[g];
      }
      missed += BoundedRatio.interval(y, x, 0.05).contains(truth) ? 0 : 1;
      missedByMeanOfPrompts += Gaffke.interval(means, -1, 1, 0.05).contains(truth) ? 0 : 1;
    }
    assertThat(missed).isLessThanOrEqualTo(140);
    // The check sees an interval of another quantity.
    assertThat(missedByMeanOfPrompts).isGreaterThan(140);
  }

  @Test
  void merge_ofParts_isTheWhole() {
    PairAggregate whole = ten();
    PairAggregate parts = empty();
    PairAggregate other = empty();
    for (int i = 0; i < 10; i++) {
      double a = -1 - (i < 2 ? LOG_4 : 0);
      double b = -1 - (i == 9 ? 2 * LOG_4 : 0);
      (i % 3 == 0 ? other : parts).add(i, new double[] {a, b});
    }
    parts.merge(other);
    PromptSizes sizes = PromptSizes.independent(10);
    assertThat(parts.result(sizes, 0.05)).isEqualTo(whole.result(sizes, 0.05));
  }

  @Test
  void construction_withOtherThanTwoModels_isRefused() {
    assertThatThrownBy(() -> new PairAggregate(List.of("a", "b", "c"), GRID))
        .isInstanceOf(CoverageException.class);
    assertThatThrownBy(() -> empty().add(0, new double[] {0.5, -1}))
        .isInstanceOf(CoverageException.class);
  }
}
