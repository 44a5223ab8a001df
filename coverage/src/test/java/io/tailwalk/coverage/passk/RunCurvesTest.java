package io.tailwalk.coverage.passk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.paired.Needed;
import io.tailwalk.coverage.passk.BestOfN.Scored;
import io.tailwalk.statistics.ClopperPearson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunCurvesTest {
  /**
   * Regression: the interval was 0.5 [0.5, 0.5]. Three equal values leave {@code 0.5 0.025^(1/3)}
   * below.
   */
  @Test
  void passAtK_ofThreePromptsWithOneOfTwoRight_isNotKnown() {
    List<PromptSamples> prompts = new ArrayList<>();
    for (String id : List.of("a", "b", "c")) {
      prompts.add(PromptSamples.of(id, 2, 1));
    }
    CurvePoint point = new RunCurves("r", prompts).passAtK(List.of(1L), 0.05).getFirst();
    assertThat(point.value()).isEqualTo(0.5);
    assertThat(point.interval().low()).isCloseTo(0.5 * Math.cbrt(0.025), within(1e-9));
    assertThat(point.interval().high()).isCloseTo(1 - 0.5 * Math.cbrt(0.025), within(1e-9));
    assertThat(point.interval().lowKind()).isEqualTo(EndKind.ASYMPTOTIC);
    assertThat(point.these()).isEmpty();
  }

  @Test
  void passAtK_withEverySampleOfEveryPrompt_isBinaryByDesign() {
    RunCurves run =
        new RunCurves(
            "r",
            List.of(
                PromptSamples.of("a", 3, 1),
                PromptSamples.of("b", 3, 0),
                PromptSamples.of("c", 3, 2)));
    assertThat(run.passAtK(List.of(3L), 0.05).getFirst().interval())
        .isEqualTo(ClopperPearson.interval(2, 3, 0.05));
  }

  private static RunCurves graded(int prompts, double... rewards) {
    List<PromptSamples> all = new ArrayList<>();
    for (int p = 0; p < prompts; p++) {
      List<Scored> scored = new ArrayList<>();
      for (double reward : rewards) {
        scored.add(new Scored(reward, reward * (1 + p % 3)));
      }
      all.add(new PromptSamples("p" + p, rewards.length, 0, scored));
    }
    return new RunCurves("r", all);
  }

  /** The second run's rewards are half of the first's, so each prompt differs by half its best. */
  @Test
  void bestOfNMinus_ofTwoRuns_isTheMeanOfTheDifferencesOfPrompts() {
    RunCurves first = graded(40, 1, 2);
    RunCurves second = graded(40, 0.5, 1);
    // Prompts have the factors 1, 2, 3: 14, 13 and 13 of them.
    double factor = (14 + 26 + 39) / 40.0;
    var range = Interval.certain(0, 10);
    var open = Interval.NON_NEGATIVE;
    for (Interval stated : List.of(range, open)) {
      PairedPoint.Contrast best = first.bestOfNMinus(second, List.of(2L), 0.05, stated).getFirst();
      PairedPoint.Contrast back = second.bestOfNMinus(first, List.of(2L), 0.05, stated).getFirst();
      assertThat(best.point().difference()).isCloseTo(factor, within(1e-12));
      assertThat(best.point().interval().low()).isPositive().isLessThan(factor);
      assertThat(best.point().interval().high()).isGreaterThan(factor);
      assertThat(best.point().better()).isEqualTo(40);
      assertThat(best.furtherPrompts()).isEqualTo(Needed.settled());
      assertThat(back.point().difference()).isCloseTo(-factor, within(1e-12));
      assertThat(back.point().interval().high())
          .isCloseTo(-best.point().interval().low(), within(1e-9));
      assertThat(back.point().worse()).isEqualTo(40);
    }
    assertThatThrownBy(() -> first.bestOfNMinus(graded(3, 1), List.of(1L), 0.05, range))
        .isInstanceOf(CoverageException.class)
        .hasMessageContaining("different prompts");
  }

  @Test
  void bestOfN_inAStatedRange_isGaffkes() {
    Interval interval =
        graded(4, 1, 2).bestOfN(List.of(2L), 0.05, Interval.certain(0, 10)).getFirst().interval();
    assertThat(interval.low()).isBetween(0.5, 2.0);
    assertThat(interval.high()).isBetween(6.0, 9.0);
    assertThat(interval.highKind()).isEqualTo(EndKind.ASYMPTOTIC);
    assertThatThrownBy(() -> graded(4, 1, 2).bestOfN(List.of(2L), 0.05, Interval.certain(0, 1)))
        .isInstanceOf(CoverageException.class)
        .hasMessageContaining("outside the stated range [0.0, 1.0]");
  }

  @Test
  void bestOfN_withoutARange_isOpenForFewPrompts_andAsymptoticForMore() {
    Interval few =
        graded(19, 1, 2).bestOfN(List.of(2L), 0.05, Interval.NON_NEGATIVE).getFirst().interval();
    assertThat(few).isEqualTo(Interval.NON_NEGATIVE);
    Interval more =
        graded(20, 1, 2).bestOfN(List.of(2L), 0.05, Interval.NON_NEGATIVE).getFirst().interval();
    assertThat(more.highKind()).isEqualTo(EndKind.ASYMPTOTIC);
    assertThat(more.width()).isBetween(1.0, 3.0);
    Interval alike =
        graded(30, 0).bestOfN(List.of(1L), 0.05, Interval.NON_NEGATIVE).getFirst().interval();
    assertThat(alike).isEqualTo(Interval.NON_NEGATIVE);
  }
}
