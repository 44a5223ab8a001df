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
          new Belief(0.78, 0.21),
          new Belief(0.84, 0.15),
          new Belief(0.88, 0.11),
          new Belief(0.90, 0.10));

  @Test
  void of_tiltingModel_holdsInAllParts() {
    for (long seed = 0; seed < 5; seed++) {
      ScoredSeries series = ToySeries.of(TILTING, seed);
      CeVerdict verdict = CeVerdict.of(series);
      assertThat(verdict.summary()).as("seed %d", seed).isNotEmpty();
      assertThat(verdict.falls()).as("falls, seed %d", seed).isTrue();
      assertThat(verdict.turn().holds()).as("turns, seed %d: %s", seed, verdict.turn()).isTrue();
      // From 0.11 on, the rare rule has less than a quarter of what the second checkpoint gives it.
      assertThat(verdict.choice().tournament()).isBetween(1, 5);
      assertThat(verdict.choice().crossEntropy()).isGreaterThanOrEqualTo(6);
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
