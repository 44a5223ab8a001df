package io.tailwalk.coverage.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.coverage.CoverageException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The levels at which a turn is shown, to the row. At delta 0.05 and N = 2 checkpoint t = 2, 3
 * compares at {@code 0.05 * 6 / (pi^2 (t-1)^2) / (t-1)}: 0.0303964 and 0.0037995.
 */
class TurnLevelsTest {
  private static final double DELTA = 0.05;

  /**
   * Rows of which so many are covered by all checkpoints but the last: {@code ln 2 = 0.693} lies
   * between 0.5 and 1 nat below the reference. On the others, uncovered by all, each checkpoint is
   * about three nats better than the one before.
   */
  private static Optional<Turn> turn(int checkpoints, int prompts, int size, int lost, int zeros) {
    var aggregate = new TurnAggregate(checkpoints, 2, size == 1);
    for (int prompt = 0; prompt < prompts; prompt++) {
      for (int row = 0; row < size; row++) {
        double[] logProbs = new double[checkpoints];
        for (int m = 0; m < checkpoints; m++) {
          boolean last = m == checkpoints - 1;
          logProbs[m] = prompt < lost ? last ? -2 : -1.5 : -12 + m * (3 + 0.01 * (prompt % 2));
          if (last && prompt >= prompts - zeros) {
            logProbs[m] = Double.NEGATIVE_INFINITY;
          }
        }
        aggregate.add(prompt, -1, logProbs);
      }
    }
    return aggregate.first(DELTA);
  }

  /** The sign test of a rows to none has p = 2^-a; 2^-5 = 0.03125 is above the level. */
  @Test
  void first_secondCheckpoint_needsSixRowsToNone() {
    assertThat(turn(2, 100, 1, 5, 0)).isEmpty();
    Turn turn = turn(2, 100, 1, 6, 0).orElseThrow();
    assertThat(turn.from()).isZero();
    assertThat(turn.to()).isEqualTo(1);
    assertThat(turn.moreUncovered()).isCloseTo(0.06, within(1e-12));
    // 94 rows gain 3 or 3.01 alternately, six lose 0.5.
    assertThat(turn.crossEntropyDrop()).isCloseTo((94 * 3.005 - 3) / 100, within(1e-12));
  }

  /** 2^-8 = 0.0039 is above the level of the third checkpoint, 2^-9 below. */
  @Test
  void first_thirdCheckpoint_needsNineRowsToNone() {
    assertThat(turn(3, 100, 1, 8, 0)).isEmpty();
    Turn turn = turn(3, 100, 1, 9, 0).orElseThrow();
    assertThat(turn.from()).isZero();
    assertThat(turn.to()).isEqualTo(2);
    assertThat(turn.moreUncovered()).isCloseTo(0.09, within(1e-12));
  }

  /**
   * Prompts of two rows: a prompt whose share is 1 multiplies the capital of bet c against 0 by 1 +
   * c, one whose share is 0 leaves it. After seven and eight the mixture of the bets is at 24.8 and
   * 46.0; a one-sided error of 0.0303964 asks for its inverse, 32.9.
   */
  @Test
  void first_promptsOfTwoRows_needEightOfThem() {
    assertThat(turn(2, 30, 2, 7, 0)).isEmpty();
    Turn turn = turn(2, 30, 2, 8, 0).orElseThrow();
    assertThat(turn.moreUncovered()).isCloseTo(8 / 30.0, within(1e-12));
  }

  /**
   * Gains of {@code 1 + x} on 13 rows and {@code 1 - x} on 12, which lose coverage: the mean is
   * {@code 1 + x/25}, the standard error {@code x sqrt((1 - 1/625) / 24)}. Student's t on 24
   * degrees has the upper quantile 1.967 at 0.0303964 and 2.301 at half of it; x = 2.575 gives t =
   * 2.100, x = 2.877 gives 1.900.
   */
  @Test
  void first_crossEntropy_isTestedOnOneSideAtTheLevel() {
    assertThat(spread(2.575)).isPresent();
    assertThat(spread(2.877)).isEmpty();
  }

  private static Optional<Turn> spread(double x) {
    var aggregate = new TurnAggregate(2, 2, true);
    for (int row = 0; row < 25; row++) {
      double earlier = row % 2 == 0 ? -50 : -1.5;
      double gain = row % 2 == 0 ? 1 + x : 1 - x;
      aggregate.add(row, -1, new double[] {earlier, earlier + gain});
    }
    return aggregate.first(DELTA);
  }

  @Test
  void constructor_factors_areAtLeastOne() {
    assertThat(new TurnAggregate(2, 1, true)).hasToString("TurnAggregate[2, 0]");
    assertThatThrownBy(() -> new TurnAggregate(2, Math.nextDown(1.0), true))
        .isInstanceOf(CoverageException.class);
    assertThatThrownBy(() -> new TurnAggregate(2, Double.POSITIVE_INFINITY, true))
        .isInstanceOf(CoverageException.class);
  }

  @Test
  void toString_afterRows_countsThem() {
    var aggregate = new TurnAggregate(3, 2, true);
    aggregate.add(1, -1, new double[] {-1, -1, -1});
    aggregate.add(2, -1, new double[] {-1, -1, -1});
    assertThat(aggregate).hasToString("TurnAggregate[3, 2]");
  }

  @Test
  void first_checkpointWithoutProbability_isEmpty() {
    assertThat(turn(2, 100, 1, 20, 0)).isPresent();
    assertThat(turn(2, 100, 1, 20, 1)).isEmpty();
  }
}
