package io.tailwalk.coverage.tournament;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.tournament.RaceStatus.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At which row a race ends, worked out from its levels. */
class RaceLevelsTest {
  private static RaceOptions options(double epsilon, int checkEvery) {
    return new RaceOptions(4, 0.05, epsilon, checkEvery);
  }

  /** Runs until the race is over, on the same row again and again. */
  private static RaceStatus run(List<String> models, RaceOptions options, double... row) {
    Race race = new Race(models, options);
    while (!race.status().isOver() && race.status().examples() < 5000) {
      race.add(row);
    }
    return race.status();
  }

  /**
   * Rivals are named after row 16. From then on r rows to none have evidence {@code (2^(r+1) - 1) /
   * (r + 1)}: 127/7 = 18.1 after six, 255/8 = 31.9 after seven, 511/9 = 56.8 after eight. The bar
   * is 1/0.05 = 20, and 40 when half of delta is kept for ties.
   */
  @Test
  void race_decidesWhenTheEvidenceReachesTheBar() {
    RaceStatus plain = run(List.of("a", "b"), options(0, 1), -9, -1);
    assertThat(plain).isEqualTo(new RaceStatus(Outcome.DECIDED, "b", List.of("b"), 23, 46));
    assertThat(run(List.of("a", "b"), options(0.001, 23), -9, -1).outcome())
        .isEqualTo(Outcome.WITHIN_EPSILON);
    assertThat(run(List.of("a", "b"), options(0.001, 24), -9, -1).outcome())
        .isEqualTo(Outcome.DECIDED);
    RaceStatus three = run(List.of("a", "b", "c"), options(0, 1), -9, -1, -5);
    assertThat(three).isEqualTo(new RaceStatus(Outcome.DECIDED, "b", List.of("b"), 23, 69));
    assertThat(run(List.of("a", "b"), options(0, 10), -9, -1).examples()).isEqualTo(30);
  }

  /**
   * Never a hit: the confidence sequence of every pair is that of n failures, at 0.025 over the M
   * (M-1) pairs. Its upper end is EPS2 after ROWS2 rows for two candidates.
   */
  @Test
  void race_betweenEquals_endsWhenAllPairsAreWithinEpsilon() {
    RaceStatus two = run(List.of("a", "b"), options(0.1, 1), -1, -1);
    assertThat(two)
        .isEqualTo(new RaceStatus(Outcome.WITHIN_EPSILON, "a", List.of("a", "b"), 67, 134));
    RaceStatus three = run(List.of("a", "b", "c"), options(0.1, 1), -1, -1, -1);
    assertThat(three.outcome()).isEqualTo(Outcome.WITHIN_EPSILON);
    assertThat(three.examples()).isEqualTo(79);
    assertThat(run(List.of("a", "b"), options(0, 1), -1, -1).outcome()).isEqualTo(Outcome.RUNNING);
  }

  @Test
  void race_misuse_isRefused() {
    assertThatThrownBy(() -> new Race(List.of("a"), options(0, 1)))
        .isInstanceOf(CoverageException.class);
    assertThatThrownBy(() -> new Race(List.of("a", "b"), options(0, 1)).add(new double[] {-1, 1}))
        .isInstanceOf(CoverageException.class)
        .hasMessageContaining("log_prob 1.0 of b");
    Race race = new Race(List.of("a", "b"), options(0.9, 1));
    while (!race.status().isOver()) {
      race.add(new double[] {-1, -1});
    }
    assertThatThrownBy(() -> race.add(new double[] {-1, -1}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void options_outsideTheirRanges_areRefused() {
    assertThat(new RaceOptions(1, 0.05, 0, 1).candidateDelta()).isEqualTo(0.05);
    assertThat(new RaceOptions(1, 0.05, 0.1, 1).candidateDelta()).isEqualTo(0.025);
    assertThat(new RaceOptions(1, 0.05, 0.1, 1).tieDelta()).isEqualTo(0.025);
    for (RaceMaker wrong :
        List.<RaceMaker>of(
            () -> new RaceOptions(0.9, 0.05, 0, 1),
            () -> new RaceOptions(Double.POSITIVE_INFINITY, 0.05, 0, 1),
            () -> new RaceOptions(2, 0, 0, 1),
            () -> new RaceOptions(2, 0.05, -0.1, 1),
            () -> new RaceOptions(2, 0.05, 1, 1),
            () -> new RaceOptions(2, 0.05, 0, 0))) {
      assertThatThrownBy(wrong::make).isInstanceOf(CoverageException.class);
    }
  }

  private interface RaceMaker {
    RaceOptions make();
  }
}
