package io.tailwalk.coverage.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TurnAggregateTest {
  private static final int ROWS = 1500;

  /**
   * Checkpoints whose log-probability rises by 0.3 each on most rows; from the given one on, a
   * tenth of the rows falls by 3 nats and the rest compensates.
   */
  private static Optional<Turn> run(
      long seed, int turnsAt, boolean reference, int promptSize, double n) {
    var random = new SplittableRandom(seed);
    var aggregate = new TurnAggregate(5, n, promptSize == 1);
    double[] logProbs = new double[5];
    for (int i = 0; i < ROWS; i++) {
      boolean tail = random.nextInt(10) == 0;
      for (int m = 0; m < 5; m++) {
        double noise = 0.2 * random.nextDouble();
        logProbs[m] = -8 + 0.3 * m + noise + (m >= turnsAt ? tail ? -3 : 0.8 : 0);
      }
      aggregate.add(i / promptSize, reference ? -7 : Double.NaN, logProbs);
    }
    return aggregate.first(0.05);
  }

  @Test
  void first_ofARunThatTurns_findsWhere() {
    for (boolean reference : new boolean[] {false, true}) {
      for (int promptSize : new int[] {1, 5}) {
        Optional<Turn> turn = run(1, 3, reference, promptSize, 8);
        assertThat(turn).isPresent();
        assertThat(turn.get().to()).isEqualTo(3);
        assertThat(turn.get().moreUncovered()).isBetween(0.05, 0.15);
        assertThat(turn.get().crossEntropyDrop()).isPositive();
      }
    }
  }

  @Test
  void first_whereBothGetWorse_isNoTurn() {
    var aggregate = new TurnAggregate(2, 4, true);
    for (int i = 0; i < 200; i++) {
      aggregate.add(i, Double.NaN, new double[] {-2, i % 2 == 0 ? -6 : -2});
    }
    assertThat(aggregate.first(0.05)).isEmpty();
  }

  @Test
  void first_ofARunThatImproves_isEmpty() {
    assertThat(run(2, 5, true, 1, 2)).isEmpty();
  }

  /**
   * Checkpoints alike in coverage, each better in cross-entropy, 400 runs: at delta 0.05 at most 20
   * false alarms are expected; 40 or more have probability below 1e-4.
   */
  @Test
  void first_whereCoverageStandsStill_keepsItsLevel() {
    var random = new SplittableRandom(7);
    int alarms = 0;
    for (int run = 0; run < 400; run++) {
      var aggregate = new TurnAggregate(4, 2, true);
      double[] logProbs = new double[4];
      for (int i = 0; i < 200; i++) {
        for (int m = 0; m < 4; m++) {
          logProbs[m] = random.nextInt(4) == 0 ? -3 : -1.5 + 0.1 * m;
        }
        aggregate.add(i, -1, logProbs);
      }
      alarms += aggregate.first(0.05).isPresent() ? 1 : 0;
    }
    assertThat(alarms).isLessThan(40);
  }

  /**
   * Twenty prompts of ten responses. On one of eleven, all ten become covered; on the others one is
   * lost on average, so coverage does not change. A first turn is called with probability 0.03 at
   * most, 12 of 400 runs; 28 or more have probability below 1e-4. Student's t over prompts called
   * 67 turned: if no prompt of the first kind is drawn, the data contain no trace of it.
   */
  @Test
  void first_whereRarePromptsMakeUpForTheOthers_keepsItsLevel() {
    var random = new SplittableRandom(11);
    int alarms = 0;
    for (int run = 0; run < 400; run++) {
      var aggregate = new TurnAggregate(2, 2, false);
      for (int prompt = 0; prompt < 20; prompt++) {
        boolean gained = random.nextInt(11) == 0;
        int lost = random.nextInt(2) + random.nextInt(2);
        for (int row = 0; row < 10; row++) {
          double[] better = {-4, -3 + 0.1 * random.nextDouble()};
          double[] worse = row < lost ? new double[] {-1.5, -1.8} : better;
          aggregate.add(prompt, -1, gained ? new double[] {-1.8, -1.5} : worse);
        }
      }
      alarms += aggregate.first(0.05).isPresent() ? 1 : 0;
    }
    assertThat(alarms).isLessThan(28);
  }

  /** If most responses belong to three prompts, no turn is shown. */
  @Test
  void first_whereThreePromptsHaveMostResponses_isEmpty() {
    var random = new SplittableRandom(3);
    var aggregate = new TurnAggregate(2, 2, false);
    for (int prompt = 0; prompt < 103; prompt++) {
      double tail = random.nextDouble();
      for (int row = 0; row < (prompt < 3 ? 100 : 1); row++) {
        aggregate.add(prompt, -1, new double[] {row == 0 ? -1.5 : -9, row == 0 ? -2 : -6 + tail});
      }
    }
    assertThat(aggregate.first(0.05)).isEmpty();
  }
}
