package io.tailwalk.coverage.tournament;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.tournament.RaceStatus.Outcome;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RaceTest {
  private static final double N = 4;
  private static final double DELTA = 0.05;
  private static final double[] SEPARATED = {0.04, 0.14, 0.24, 0.34, 0.44, 0.54, 0.64, 0.74};

  private static RaceStatus race(
      FiniteTournament distribution, double epsilon, long limit, long seed) {
    Race race = new Race(distribution.models(), new RaceOptions(N, DELTA, epsilon, 8));
    // Not the stream that created the distribution: its first draws are the outcomes m0 misses.
    SplittableRandom random = new SplittableRandom(~seed);
    while (!race.status().isOver() && race.status().examples() < limit) {
      double[] row = distribution.draw(random).clone();
      for (int m = 0; m < row.length; m++) {
        row[m] = race.needs(m) ? row[m] : Double.NaN;
      }
      race.add(row);
    }
    return race.status();
  }

  @Test
  void race_onSeparatedCandidates_decidesForTheBestAndScoresFewer() {
    FiniteTournament distribution = FiniteTournament.missing(2000, SEPARATED, 7);
    RaceStatus status = race(distribution, 0, 100_000, 1);
    assertThat(status.outcome()).isEqualTo(Outcome.DECIDED);
    assertThat(status.leader()).isEqualTo("m" + distribution.best(N));
    assertThat(status.scorings()).isLessThan(status.examples() * SEPARATED.length);
  }

  @Test
  void race_betweenTwins_stopsOnlyByEpsilon() {
    FiniteTournament distribution = FiniteTournament.missing(2000, new double[] {0.1, 0.1, 0.5}, 7);
    double[][] twins = distribution.logProbs();
    for (double[] row : twins) {
      row[1] = row[0];
    }
    assertThat(race(distribution, 0, 3000, 1).outcome()).isEqualTo(Outcome.RUNNING);
    RaceStatus status = race(distribution, 0.1, 100_000, 1);
    assertThat(status.outcome()).isEqualTo(Outcome.WITHIN_EPSILON);
    assertThat(status.survivors()).contains("m0", "m1");
  }

  @Test
  void race_withTheSameRows_isReproducible() {
    FiniteTournament distribution = FiniteTournament.missing(2000, SEPARATED, 7);
    assertThat(race(distribution, 0, 100_000, 3)).isEqualTo(race(distribution, 0, 100_000, 3));
  }

  @Test
  void race_over100CloseTournaments_isSeldomWrong() {
    assertThat(wrongChoices(100, 800)).isLessThanOrEqualTo(5);
  }

  @Test
  @Tag("slow")
  void race_over500CloseTournaments_isWrongInAtMostFivePercent() {
    int wrong = wrongChoices(500, 4000);
    assertThat(wrong).isLessThanOrEqualTo(25);
  }

  /**
   * Candidates drawn close together, where errors are most likely; a wrong choice is a worse
   * survivor.
   */
  private static int wrongChoices(int tournaments, long limit) {
    int wrong = 0;
    for (int t = 0; t < tournaments; t++) {
      SplittableRandom random = new SplittableRandom(1000 + t);
      double[] shares = new double[4];
      for (int m = 0; m < shares.length; m++) {
        shares[m] = 0.2 + 0.06 * random.nextDouble();
      }
      FiniteTournament distribution = FiniteTournament.missing(500, shares, t);
      RaceStatus status = race(distribution, 0, limit, t);
      double least = distribution.worst(distribution.best(N), N);
      boolean kept =
          status.survivors().stream()
              .anyMatch(
                  model -> distribution.worst(distribution.models().indexOf(model), N) == least);
      wrong += kept ? 0 : 1;
    }
    return wrong;
  }

  /**
   * The fixed-sample design: the fewest rows at which the exact confidence set of the tournament is
   * the best candidate alone in at least 95 of 100 data sets, all candidates scored on all rows.
   * The race has the same rows and the same delta; its cost is the mean number of scorings.
   */
  @Test
  @Tag("slow")
  void race_over500SeparatedTournaments_scoresAtMostHalfOfTheFixedDesign() {
    FiniteTournament distribution = FiniteTournament.missing(2000, SEPARATED, 7);
    long fixed = 40;
    while (decidedByFixedSample(distribution, fixed, 200) < 190) {
      fixed += Math.max(5, fixed / 20);
    }
    long examples = 0;
    long scorings = 0;
    int wrong = 0;
    for (int t = 0; t < 500; t++) {
      RaceStatus status = race(distribution, 0, 1_000_000, 77 + t);
      examples += status.examples();
      scorings += status.scorings();
      wrong += status.leader().equals("m" + distribution.best(N)) ? 0 : 1;
    }
    assertThat(wrong).isLessThanOrEqualTo(25);
    assertThat(scorings / 500.0)
        .as("fixed %d rows of 8, race mean %.1f rows", fixed, examples / 500.0)
        .isLessThanOrEqualTo(0.5 * fixed * SEPARATED.length);
  }

  private static int decidedByFixedSample(FiniteTournament distribution, long rows, int dataSets) {
    int decided = 0;
    for (int set = 0; set < dataSets; set++) {
      SplittableRandom random = new SplittableRandom(~(31L * set + rows));
      TournamentAggregate aggregate =
          TournamentAggregate.overIndependentRows(distribution.models(), NGrid.of(N));
      for (long row = 0; row < rows; row++) {
        aggregate.add(row, distribution.draw(random));
      }
      List<String> left =
          aggregate
              .results(PromptSizes.independent(rows), new Confidence(DELTA, 100, 0))
              .getFirst()
              .confidenceSet();
      decided += left.equals(List.of("m" + distribution.best(N))) ? 1 : 0;
    }
    return decided;
  }
}
