package io.tailwalk.lab.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.lab.graph.ToySeries.Belief;
import java.util.List;
import org.junit.jupiter.api.Test;

class CeVerdictTest {
  /** As in fine-tuning: it finds the paths, then bets on the common rule. */
  private static final List<Belief> COURSE =
      List.of(
          new Belief(0.135, 0.135),
          new Belief(0.30, 0.30),
          new Belief(0.42, 0.40),
          new Belief(0.55, 0.42),
          new Belief(0.65, 0.32),
          new Belief(0.74, 0.24),
          new Belief(0.80, 0.19),
          new Belief(0.90, 0.09));

  @Test
  void of_courseOfThePaper_holdsInAllParts() {
    for (long seed = 0; seed < 5; seed++) {
      CeVerdict verdict = CeVerdict.of(ToySeries.of(COURSE, seed));
      assertThat(verdict.faults()).as("seed %d: %s", seed, verdict.summary()).isEmpty();
      assertThat(verdict.holds()).isTrue();
      assertThat(verdict.coverage().bestIndex()).isBetween(1, 5);
      assertThat(verdict.choice().crossEntropy()).isEqualTo(7);
      assertThat(verdict.summary()).noneMatch(line -> line.contains("what fails"));
    }
  }

  /** Planted: a base that finds every path; its coverage can only worsen. */
  @Test
  void of_baseThatKnowsThePaths_fails() {
    CeVerdict verdict = CeVerdict.of(ToySeries.of(COURSE.subList(2, 8), 1));
    assertThat(verdict.falls()).isTrue();
    assertThat(verdict.coverage().worsens()).isLessThan(1e-6);
    assertThat(verdict.coverageTurns()).isFalse();
    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.summary()).anyMatch(line -> line.startsWith("what fails: coverage"));
  }

  /**
   * Planted: training that ends before the bet; its last checkpoint is the best by all measures.
   */
  @Test
  void of_trainingThatStopsBeforeItTurns_fails() {
    CeVerdict verdict = CeVerdict.of(ToySeries.of(COURSE.subList(0, 4), 1));
    assertThat(verdict.falls()).isTrue();
    assertThat(verdict.coverage().improves()).isLessThan(1e-6);
    assertThat(verdict.coverageTurns()).isFalse();
    assertThat(verdict.passTurns()).isFalse();
    assertThat(verdict.choiceHolds()).isFalse();
    assertThat(verdict.holds()).isFalse();
  }

  /** Planted: "never fine-tune" gains nothing over the base. */
  @Test
  void gain_ofACheckpointOverItself_isNone() {
    ScoredSeries series = ToySeries.of(COURSE, 1);
    Gain gain = Gain.of(series, 0, 0, CeVerdict.ATTEMPTS);
    assertThat(gain.value()).isZero();
    assertThat(gain.isPositive()).isFalse();
    assertThat(Gain.of(series, 3, 0, CeVerdict.ATTEMPTS).isPositive()).isTrue();
    assertThat(Gain.of(series, 0, 3, CeVerdict.ATTEMPTS).isPositive()).isFalse();
  }

  @Test
  void of_seriesRunBackwards_hasRisingCrossEntropy() {
    CeVerdict verdict = CeVerdict.of(ToySeries.of(COURSE.reversed(), 1));
    assertThat(verdict.falls()).isFalse();
    assertThat(verdict.holds()).isFalse();
  }

  /** Planted: pass@N that follows cross-entropy instead, since no rule is given up. */
  @Test
  void of_modelWithoutARareRule_fails() {
    List<Belief> steady =
        COURSE.stream().map(belief -> new Belief(belief.p(), belief.p())).toList();
    CeVerdict verdict = CeVerdict.of(ToySeries.of(steady, 2));
    assertThat(verdict.falls()).isTrue();
    assertThat(verdict.followsHolds() && verdict.passTurns()).isFalse();
    assertThat(verdict.holds()).isFalse();
  }

  @Test
  void course_improvesAndThenWorsens() {
    ScoredSeries series = ToySeries.of(COURSE, 3);
    CoverageCourse course = CoverageCourse.of(series, 8);
    // log p + 0.1 z lies below log 1/8 for z < (log 1/8 - log p) / 0.1: 22% of prompts at the base,
    // hardly any in the middle, most of the rare tenth at the end.
    assertThat(course.first()).isBetween(0.17, 0.27);
    assertThat(course.least()).isLessThan(0.01);
    assertThat(course.last()).isBetween(0.06, 0.12);
    assertThat(course.improves()).isLessThan(1e-6);
    assertThat(course.worsens()).isLessThan(1e-6);
    assertThat(course.text()).contains(" (p = ");
    assertThat(CoverageCourse.p(0)).isEqualTo("p < 1e-99");
  }

  @Test
  void gain_twoCheckpoints_isThePairedMeanOfClosedForms() {
    ScoredSeries series = ToySeries.of(COURSE, 2);
    CeVerdict verdict = CeVerdict.of(series);
    List<Double> pass = series.pass(CeVerdict.ATTEMPTS);
    assertThat(verdict.overCrossEntropy().value())
        .isCloseTo(
            pass.get(verdict.choice().tournament()) - pass.get(verdict.choice().crossEntropy()),
            within(1e-12));
    double byHand =
        series.judging().get(3).logProbs().stream()
            .mapToDouble(logProb -> 1 - Math.pow(1 - Math.exp(logProb), CeVerdict.ATTEMPTS))
            .average()
            .orElseThrow();
    assertThat(pass.get(3)).isCloseTo(byHand, within(1e-9));
  }
}
