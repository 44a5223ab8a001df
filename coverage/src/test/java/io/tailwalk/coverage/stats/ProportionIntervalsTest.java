package io.tailwalk.coverage.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.statistics.ClopperPearson;
import io.tailwalk.statistics.Gaffke;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Which interval is returned for which counts, with its number of trials. */
class ProportionIntervalsTest {
  private static final double CLOSE = 1e-12;

  private static Interval of(PromptSizes sizes, double delta, double[]... counts) {
    return ProportionIntervals.pointwise(counts, sizes, delta, 2000, new SplittableRandom(1))[0];
  }

  /** Ten prompts of three rows: {@code 1 - 0.025^(1/10) = 0.30849710781876083}, not ^(1/30). */
  @Test
  void pointwise_countOfNoneOrAll_hasOneTrialAPrompt() {
    double[][] none = new double[10][];
    double[][] all = new double[10][];
    for (int prompt = 0; prompt < 10; prompt++) {
      none[prompt] = new double[] {0, 3};
      all[prompt] = new double[] {3, 3};
    }
    PromptSizes sizes = PromptSizes.of(0, 0, 0, 10);
    Interval fromNone = of(sizes, 0.05, none);
    assertThat(fromNone.low()).isZero();
    assertThat(fromNone.high()).isCloseTo(0.30849710781876083, within(CLOSE));
    assertThat(fromNone.highKind()).isEqualTo(EndKind.GUARANTEED);
    Interval fromAll = of(sizes, 0.05, all);
    assertThat(fromAll.low()).isCloseTo(1 - 0.30849710781876083, within(CLOSE));
    assertThat(fromAll.high()).isEqualTo(1);
  }

  @Test
  void pointwise_independentRows_areTrials() {
    Interval interval = of(PromptSizes.independent(20), 0.05, new double[][] {{1, 5}, {2, 15}});
    assertThat(interval).isEqualTo(ClopperPearson.interval(3, 20, 0.05));
  }

  @Test
  void pointwise_promptsOfOneSize_areGaffkes() {
    Interval interval = of(PromptSizes.of(0, 0, 3), 0.05, new double[][] {{1, 2}, {0, 2}, {2, 2}});
    assertThat(interval).isEqualTo(Gaffke.interval(new double[] {0.5, 0, 1}, 0.05));
  }

  /**
   * Two clusters with 1 of 2 and 1 of 4: a replicate has share 1/2, 1/3 or 1/4 with probabilities
   * 1/4, 1/2, 1/4. The 0.2 quantile is 1/4 and the 0.8 quantile 1/2; the 0.3 and the 0.7 quantile
   * are 1/3.
   */
  @Test
  void pointwise_foldedPrompts_arePercentilesOfReplicates() {
    PromptSizes folded = PromptSizes.of(0, 1, 1, 1);
    double[][] counts = {{1, 2}, {1, 4}};
    Interval percentile = of(folded, 0.4, counts);
    assertThat(percentile).isEqualTo(Interval.asymptotic(0.25, 0.5));
    assertThat(of(folded, 0.6, counts)).isEqualTo(Gaffke.interval(new double[] {0.5, 0.25}, 0.6));
  }

  /**
   * Not folded: all between Gaffke's interval and the percentiles. With 19 of 20 and 0 of 1 the
   * percentiles at 0.4 are 0 and 0.95, below and above what Gaffke's says of shares 0.95 and 0.
   */
  @Test
  void pointwise_promptsOfUnequalSize_coverBothIntervals() {
    Interval narrow = of(PromptSizes.of(0, 0, 1, 0, 1), 0.4, new double[][] {{1, 2}, {1, 4}});
    assertThat(narrow).isEqualTo(Gaffke.interval(new double[] {0.5, 0.25}, 0.4));
    long[] sizes = new long[21];
    sizes[1] = 1;
    sizes[20] = 1;
    Interval wide = of(PromptSizes.of(sizes), 0.4, new double[][] {{19, 20}, {0, 1}});
    Interval gaffke = Gaffke.interval(new double[] {0.95, 0}, 0.4);
    assertThat(gaffke.low()).isPositive();
    assertThat(gaffke.high()).isLessThan(0.95);
    assertThat(wide.low()).isZero();
    assertThat(wide.high()).isEqualTo(0.95);
  }
}
