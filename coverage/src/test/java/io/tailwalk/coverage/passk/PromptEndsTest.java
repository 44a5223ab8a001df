package io.tailwalk.coverage.passk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.passk.BestOfN.Scored;
import io.tailwalk.statistics.Gaffke;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What intervals that may miss cost, in a range that does not begin at 0. */
class PromptEndsTest {
  private static final double CLOSE = 1e-12;

  /** Gaffke's ends of the ends, less and more 0.01 times the range of width 2. */
  @Test
  void ofPopulation_uncertainEnds_loseEpsilonOfTheRange() {
    List<Interval> prompts =
        List.of(
            Interval.guaranteed(-0.5, 0.1),
            Interval.guaranteed(0, 0.3),
            Interval.guaranteed(0.2, 0.4));
    double low = Gaffke.interval(new double[] {-0.5, 0, 0.2}, -1, 1, 0.2).low();
    double high = Gaffke.interval(new double[] {0.1, 0.3, 0.4}, -1, 1, 0.2).high();
    Interval ends = PromptEnds.ofPopulation(prompts, -1, 1, 0.01, 0.2);
    assertThat(ends.low()).isCloseTo(low - 0.02, within(CLOSE));
    assertThat(ends.high()).isCloseTo(high + 0.02, within(CLOSE));
    assertThat(ends.lowKind()).isEqualTo(EndKind.ASYMPTOTIC);
  }

  @Test
  void ofPopulation_certainEnds_loseNothing() {
    List<Interval> prompts =
        Collections.nCopies(3, new Interval(0.1, EndKind.CERTAIN, 0.3, EndKind.GUARANTEED));
    Interval ends = PromptEnds.ofPopulation(prompts, -1, 1, 0.01, 0.2);
    double[] lows = {0.1, 0.1, 0.1};
    double[] highs = {0.3, 0.3, 0.3};
    assertThat(ends.low()).isEqualTo(Gaffke.interval(lows, -1, 1, 0.2).low());
    assertThat(ends.high())
        .isCloseTo(Gaffke.interval(highs, -1, 1, 0.2).high() + 0.02, within(CLOSE));
    List<Interval> turned =
        Collections.nCopies(3, new Interval(0.1, EndKind.GUARANTEED, 0.3, EndKind.CERTAIN));
    Interval other = PromptEnds.ofPopulation(turned, -1, 1, 0.01, 0.2);
    assertThat(other.low()).isCloseTo(ends.low() - 0.02, within(CLOSE));
    assertThat(other.high()).isCloseTo(ends.high() - 0.02, within(CLOSE));
  }

  /**
   * Of three intervals that miss with 0.05 each, one or more do with 0.143, two or more with 0.007:
   * one is counted as missed, the highest low as -1 and the lowest high as 1.
   */
  @Test
  void ofThese_countsOneOfThreeAsMissed() {
    List<Interval> prompts =
        List.of(
            Interval.guaranteed(0.2, 0.6),
            Interval.guaranteed(0.5, 0.9),
            Interval.guaranteed(0.3, 0.4));
    Interval ends = PromptEnds.ofThese(prompts, -1, 1, 0.05, 0.05);
    assertThat(ends.low()).isCloseTo((0.2 - 1 + 0.3) / 3, within(CLOSE));
    assertThat(ends.high()).isCloseTo((0.6 + 0.9 + 1) / 3, within(CLOSE));
    assertThat(ends.lowKind()).isEqualTo(EndKind.GUARANTEED);
  }

  /** Certain ends are neither counted among those that may miss nor moved. */
  @Test
  void ofThese_certainEnds_cannotMiss() {
    Interval known = Interval.exactly(0.9);
    Interval sure = Interval.guaranteed(0.2, 0.4);
    Interval one = PromptEnds.ofThese(List.of(sure, known), -1, 1, 0.05, 0.05);
    assertThat(one.low()).isCloseTo(0.55, within(CLOSE));
    assertThat(one.high()).isCloseTo(0.65, within(CLOSE));
    Interval four = PromptEnds.ofThese(List.of(sure, sure, sure, known), -1, 1, 0.05, 0.05);
    assertThat(four.low()).isCloseTo((0.4 - 1 + 0.9) / 4, within(CLOSE));
    assertThat(four.high()).isCloseTo((0.8 + 1 + 0.9) / 4, within(CLOSE));
    // Half known: one of two misses with 0.0975, and only the uncertain ends are moved.
    Interval half = new Interval(0.1, EndKind.CERTAIN, 0.5, EndKind.GUARANTEED);
    Interval two = PromptEnds.ofThese(List.of(half, half), -1, 1, 0.05, 0.05);
    assertThat(two.low()).isCloseTo(0.1, within(CLOSE));
    assertThat(two.high()).isCloseTo((0.5 + 1) / 2, within(CLOSE));
  }

  @Test
  void ends_ofWrongInput_areRefused() {
    List<Interval> one = List.of(Interval.guaranteed(0, 1));
    for (double epsilon : new double[] {-0.1, 1, Double.NaN}) {
      assertThatThrownBy(() -> PromptEnds.ofThese(one, 0, 1, epsilon, 0.05))
          .isInstanceOf(CoverageException.class);
      assertThatThrownBy(() -> PromptEnds.ofPopulation(one, 0, 1, epsilon, 0.05))
          .isInstanceOf(CoverageException.class);
    }
    assertThat(PromptEnds.ofThese(one, 0, 1, 0, 0.05)).isEqualTo(Interval.certain(0, 1));
    assertThatThrownBy(() -> PromptEnds.ofThese(List.of(), 0, 1, 0, 0.05))
        .isInstanceOf(CoverageException.class);
    assertThatThrownBy(() -> PromptEnds.ofThese(one, 0, 1, 0, 1))
        .isInstanceOf(CoverageException.class);
  }

  /** A known prompt against one that is not: the difference is as well known as the latter. */
  @Test
  void ofMasses_differences_areAsKnownAsTheWeaker() {
    PromptSuccess known = PromptSuccess.known("p", 0.5);
    PromptSuccess vague =
        PromptSuccess.clamped("p", 0.3, Interval.guaranteed(0.2, 0.4), 0.1, Bias.LOW);
    Interval first =
        PairedPoint.ofSuccesses(List.of(known), List.of(vague), 1, 0.01, 0.2).interval();
    Interval ends =
        PromptEnds.ofPopulation(
            List.of(Interval.guaranteed(0.5 - 0.4, 0.5 - 0.2)), -1, 1, 0.01, 0.2);
    assertThat(first.low()).isCloseTo(ends.low(), within(CLOSE));
    assertThat(first.high()).isCloseTo(ends.high(), within(CLOSE));
    Interval second =
        PairedPoint.ofSuccesses(List.of(vague), List.of(known), 1, 0.01, 0.2).interval();
    assertThat(second.low()).isCloseTo(-ends.high(), within(CLOSE));
    assertThat(second.high()).isCloseTo(-ends.low(), within(CLOSE));
  }

  /** {@code k (k-1)/2 (1-z)^(k-2) var} at k = 3, z = 0.1, sd = 0.01: 3 times 0.9 times 1e-4. */
  @Test
  void predict_correction_isTheSecondOrderTerm() {
    var mass = new PromptSuccess("p", 0.1, Interval.guaranteed(0, 1), 0.01, Bias.CLAMPED);
    assertThat(SuccessCurve.predict(mass, 3).value())
        .isCloseTo(1 - 0.9 * 0.9 * 0.9 + 3 * 0.9 * 1e-4, within(CLOSE));
    // At k sd = 1, and without a standard error, the value is the plug-in one.
    for (double error : new double[] {0.25, 0}) {
      var plain = new PromptSuccess("p", 0.1, Interval.guaranteed(0, 1), error, Bias.CLAMPED);
      assertThat(SuccessCurve.predict(plain, 4).corrected()).isFalse();
    }
    assertThatThrownBy(() -> SuccessCurve.predict(mass, 0)).isInstanceOf(CoverageException.class);
    assertThatThrownBy(() -> SuccessCurve.at(List.of(), 1, 0, 0.05))
        .isInstanceOf(CoverageException.class)
        .hasMessage("k = 1 over 0 prompts");
  }

  /** What rounding took is a ten-millionth of the end, not of 1. */
  @Test
  void isKnown_ofSmallMasses_isRelative() {
    var wide = new PromptSuccess("p", 0.01, Interval.certain(0.01, 0.0100001), 0, Bias.NONE);
    assertThat(wide.isKnown()).isFalse();
    var narrow = new PromptSuccess("p", 0.01, Interval.certain(0.01, 0.01 + 9e-10), 0, Bias.NONE);
    assertThat(narrow.isKnown()).isTrue();
  }

  @Test
  void runs_knowTheirPrompts() {
    RunCurves run =
        new RunCurves(
            "r",
            List.of(
                PromptSamples.of("a", 4, 1),
                PromptSamples.of("b", 2, 1),
                new PromptSamples("c", 3, 0, Collections.nCopies(3, new Scored(1, 1e300)))));
    assertThat(run.run()).isEqualTo("r");
    assertThat(run.prompts()).isEqualTo(3);
    assertThat(run.fewestSamples()).isEqualTo(2);
    assertThat(run.fewestSampledPrompt()).isEqualTo("b");
    assertThat(run.hasScores()).isFalse();
    assertThatThrownBy(() -> run.bestOfN(List.of(1L), 0.05, Interval.LINE))
        .isInstanceOf(CoverageException.class)
        .hasMessage("run r has no scores to select by");
    assertThatThrownBy(() -> BestOfN.estimate(List.of(new Scored(1, 1)), 2))
        .isInstanceOf(CoverageException.class);
  }
}
