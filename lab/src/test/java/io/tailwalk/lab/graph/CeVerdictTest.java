package io.tailwalk.lab.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.lab.graph.ToySeries.Belief;
import java.util.List;
import org.junit.jupiter.api.Test;

class CeVerdictTest {
  /** As in fine-tuning: from hedging between the rules to betting on the common one. */
  private static final List<Belief> TILTING =
      List.of(
          new Belief(0.40, 0.40),
          new Belief(0.50, 0.48),
          new Belief(0.60, 0.38),
          new Belief(0.70, 0.28),
          new Belief(0.76, 0.22),
          new Belief(0.80, 0.19),
          new Belief(0.86, 0.13),
          new Belief(0.89, 0.11));

  @Test
  void of_tiltingModel_holdsInAllParts() {
    for (long seed = 0; seed < 5; seed++) {
      ScoredSeries series = ToySeries.of(TILTING, seed);
      CeVerdict verdict = CeVerdict.of(series);
      assertThat(verdict.summary()).as("seed %d", seed).isNotEmpty();
      assertThat(verdict.falls()).as("falls, seed %d", seed).isTrue();
      assertThat(verdict.turn().holds()).as("turns, seed %d: %s", seed, verdict.turn()).isTrue();
      // Only the last gives the rare rule less than a quarter of what the second does, 0.48.
      assertThat(verdict.choice().tournament()).isEqualTo(6);
      assertThat(verdict.choice().crossEntropy()).isEqualTo(7);
      assertThat(verdict.gainInterval().low()).isPositive();
      assertThat(verdict.holds()).as("seed %d: %s", seed, verdict.summary()).isTrue();
    }
  }

  @Test
  void of_modelThatStopsBeforeItTurns_fails() {
    CeVerdict verdict = CeVerdict.of(ToySeries.of(TILTING.subList(0, 3), 1));
    assertThat(verdict.falls()).isTrue();
    assertThat(verdict.turn().holds()).isFalse();
    assertThat(verdict.holds()).isFalse();
  }

  @Test
  void of_seriesRunBackwards_hasRisingCrossEntropy() {
    CeVerdict verdict = CeVerdict.of(ToySeries.of(TILTING.reversed(), 1));
    assertThat(verdict.falls()).isFalse();
    assertThat(verdict.holds()).isFalse();
  }

  @Test
  void course_tiltingModel_improvesAndThenTurnsAtFour() {
    ScoredSeries series = ToySeries.of(TILTING, 3);
    CoverageCourse course = CoverageCourse.of(series, 4);
    // A log-probability of log p + 0.4 z lies below log 1/4 for z < (log 1/4 - log p) / 0.4: 12% of
    // prompts at the base, 3% at 0.6 and 0.38, the rare tenth and few others at the end.
    assertThat(course.bestIndex()).isEqualTo(2);
    assertThat(course.bestStep()).isEqualTo(40);
    assertThat(course.first()).isBetween(0.09, 0.15);
    assertThat(course.least()).isBetween(0.01, 0.045);
    assertThat(course.last()).isBetween(0.07, 0.13);
    assertThat(course.improves()).isLessThan(1e-6);
    assertThat(course.worsens()).isLessThan(1e-6);
    assertThat(course.text()).contains("at step 40 (p = ");
    assertThat(CoverageCourse.p(0)).isEqualTo("p < 1e-99");
    CoverageCourse stopped = CoverageCourse.of(ToySeries.of(TILTING.subList(0, 3), 3), 4);
    assertThat(stopped.worsens()).isEqualTo(1);
  }

  @Test
  void gain_twoCheckpoints_isThePairedMeanOfClosedForms() {
    ScoredSeries series = ToySeries.of(TILTING, 2);
    CeVerdict verdict = CeVerdict.of(series);
    List<Double> pass = series.pass(8);
    assertThat(verdict.gain())
        .isCloseTo(
            pass.get(verdict.choice().tournament()) - pass.get(verdict.choice().crossEntropy()),
            within(1e-12));
    double byHand =
        series.judging().get(3).logProbs().stream()
            .mapToDouble(logProb -> 1 - Math.pow(1 - Math.exp(logProb), 8))
            .average()
            .orElseThrow();
    assertThat(pass.get(3)).isCloseTo(byHand, within(1e-9));
  }
}
