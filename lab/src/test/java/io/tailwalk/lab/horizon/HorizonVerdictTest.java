package io.tailwalk.lab.horizon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class HorizonVerdictTest {
  private static final List<Double> WEIGHTS = List.of(0.94, 0.05, 0.01);
  private static final double LN2 = Math.log(2);

  private static HorizonPoint point(long step, double ruleKl, int onePathUncovered, int rule) {
    return new HorizonPoint(
        step,
        WEIGHTS,
        List.of(
            new ClassPoint(512, 0.01, 0.04, onePathUncovered),
            new ClassPoint(512, ruleKl, 0.5, rule),
            new ClassPoint(128, 0.1, 0.5, 0)));
  }

  private static List<HorizonCourse> courses(
      IntToDoubleFunction ruleKl, IntToDoubleFunction onePathUncovered, int rule) {
    return List.of(10, 14, 18).stream()
        .map(h -> {
          double kl = ruleKl.applyAsDouble(h);
          int uncovered = (int) onePathUncovered.applyAsDouble(h);
          return new HorizonCourse(
              h, List.of(point(75, kl, uncovered, rule), point(100, kl, uncovered, rule)));
        })
        .toList();
  }

  private static HorizonVerdict verdict(List<HorizonCourse> courses) {
    return HorizonVerdict.of(courses, 0.05);
  }

  @Test
  void of_ruleUnlearntAllElseLearnt_holdsWithTheSlopeOfTheory() {
    HorizonVerdict ideal = verdict(courses(h -> h * LN2 / 2, _ -> 0, 512));
    assertThat(ideal.slope()).isCloseTo(0.05 * LN2 / 2, within(1e-12));
    assertThat(ideal.expectedSlope()).isCloseTo(0.05 * LN2 / 2, within(1e-12));
    assertThat(ideal.largestDifference().value()).isZero();
    assertThat(ideal.margin()).isCloseTo(0.02, within(1e-12));
    assertThat(ideal.holds()).isTrue();
    assertThat(ideal.summary()).allMatch(line -> line.startsWith("holds"));
  }

  /** Leverages -1/8, 0, 1/8; one KL has variance .8836*.04/512 + .0025*.5/512 + .0001*.5/128. */
  @Test
  void of_slopeError_byHand() {
    HorizonVerdict ideal = verdict(courses(h -> h * LN2 / 2, _ -> 0, 512));
    double one = 0.8836 * 0.04 / 512 + 0.0025 * 0.5 / 512 + 0.0001 * 0.5 / 128;
    assertThat(ideal.slopeError()).isCloseTo(Math.sqrt(2 * one) / 8, within(1e-12));
  }

  @Test
  void of_ruleLearntButForOneBit_failsByTheSlope() {
    HorizonVerdict learnt = verdict(courses(_ -> LN2, _ -> 0, 512));
    assertThat(learnt.klGrows()).isFalse();
    assertThat(learnt.coverageStays()).isTrue();
    assertThat(learnt.holds()).isFalse();
  }

  @Test
  void of_slopeBelowHalfOfTheory_fails() {
    assertThat(verdict(courses(h -> 0.49 * h * LN2 / 2, _ -> 0, 512)).klGrows()).isFalse();
    assertThat(verdict(courses(h -> 0.51 * h * LN2 / 2, _ -> 0, 512)).klGrows()).isTrue();
  }

  @Test
  void of_slopeOfMoreThanThreeTimesTheory_fails() {
    assertThat(verdict(courses(h -> 2.99 * h * LN2 / 2, _ -> 0, 512)).klGrows()).isTrue();
    assertThat(verdict(courses(h -> 3.01 * h * LN2 / 2, _ -> 0, 512)).klGrows()).isFalse();
  }

  @Test
  void of_coverageInProportionToHorizon_failsByCoverage() {
    // .94 * 22 / 512 = .04, as .05 * (18 / 10 - 1).
    HorizonVerdict grows = verdict(courses(h -> h * LN2 / 2, h -> 22 * (h - 10) / 8.0, 512));
    assertThat(grows.klGrows()).isTrue();
    assertThat(grows.coverageStays()).isFalse();
    assertThat(grows.largestDifference().shorter()).isEqualTo(10);
    assertThat(grows.largestDifference().longer()).isEqualTo(18);
    assertThat(grows.largestDifference().value()).isCloseTo(0.94 * 22 / 512, within(1e-12));
    assertThat(grows.holds()).isFalse();
  }

  @Test
  void of_fewPrompts_failsForWantOfEvidence() {
    List<HorizonCourse> courses =
        List.of(10, 14, 18).stream()
            .map(h -> new HorizonCourse(h, Collections.nCopies(2, few(h))))
            .toList();
    assertThat(verdict(courses).coverageStays()).isFalse();
  }

  private static HorizonPoint few(int h) {
    return new HorizonPoint(
        100,
        WEIGHTS,
        List.of(
            new ClassPoint(32, 0.01, 0.04, 0),
            new ClassPoint(32, h * LN2 / 2, 0.5, 32),
            new ClassPoint(8, 0.1, 0.5, 0)));
  }

  @Test
  void of_klStillFalling_isNotConverged() {
    List<HorizonCourse> moving =
        List.of(10, 14, 18).stream()
            .map(h ->
                new HorizonCourse(
                    h, List.of(point(75, h * LN2, 0, 512), point(100, h * LN2 / 2, 0, 512))))
            .toList();
    HorizonVerdict verdict = verdict(moving);
    assertThat(verdict.klGrows()).isTrue();
    assertThat(verdict.converged()).isFalse();
    assertThat(verdict.holds()).isFalse();
  }

  @Test
  void of_twoHorizons_isRefused() {
    assertThatThrownBy(() -> verdict(courses(h -> h, _ -> 0, 512).subList(0, 2)))
        .hasMessageContaining("three horizons");
  }

  @Test
  void classPoint_ofLogRatios_byHand() {
    ClassPoint point = ClassPoint.of(List.of(0.0, 1.0, Math.log(16), 4.0), 16);
    assertThat(point.uncovered()).isEqualTo(2);
    assertThat(point.coverage()).isEqualTo(0.5);
    assertThat(point.kl()).isCloseTo((5 + Math.log(16)) / 4, within(1e-12));
    assertThat(point.coverageErrorSquared()).isCloseTo(0.25 / 6, within(1e-12));
    assertThat(ClassPoint.of(List.of(1.0, 3.0), 16).klErrorSquared()).isCloseTo(1, within(1e-12));
  }

  @Test
  void point_averages_useTheWeights() {
    HorizonPoint point = point(1, 4, 0, 512);
    assertThat(point.kl()).isCloseTo(0.94 * 0.01 + 0.05 * 4 + 0.01 * 0.1, within(1e-12));
    assertThat(point.coverage()).isCloseTo(0.05, within(1e-12));
    assertThat(point.ratio()).isCloseTo(point.kl() / 0.05, within(1e-9));
  }
}
