package io.tailwalk.coverage.tournament;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.stats.SignTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts behind races and offset tournaments, row by row. */
class RaceEvidenceTest {
  private static final boolean[] ALL = {true, true, true};

  /** So many rows on which the given candidates are hit by the given others. */
  private static void add(
      RaceEvidence evidence, boolean[] scored, int rows, int... victimsByOther) {
    boolean[][] hit = new boolean[3][3];
    for (int i = 0; i < victimsByOther.length; i += 2) {
      hit[victimsByOther[i]][victimsByOther[i + 1]] = true;
    }
    for (int row = 0; row < rows; row++) {
      evidence.add(hit, scored);
    }
  }

  @Test
  void counts_beforeThereAreRivals_areSharesOfRows() {
    var evidence = new RaceEvidence(3);
    assertThat(evidence.rival(0)).isEqualTo(-1);
    assertThat(evidence.worst(0)).isZero();
    add(evidence, ALL, 1, 0, 1);
    add(evidence, new boolean[] {true, true, false}, 1, 0, 1);
    add(evidence, ALL, 2, 2, 0);
    assertThat(evidence.hits(0, 1)).isEqualTo(2);
    assertThat(evidence.rows(0, 1)).isEqualTo(4);
    assertThat(evidence.rows(0, 2)).isEqualTo(3);
    assertThat(evidence.rows(0, 0)).isZero();
    assertThat(evidence.worst(0)).isEqualTo(0.5);
    assertThat(evidence.worst(1)).isZero();
    assertThat(evidence.worst(2)).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(evidence.worstChallenger(0)).isEqualTo(1);
    // Among equals the first that is another.
    assertThat(evidence.worstChallenger(1)).isZero();
    assertThat(evidence.log(0, 1)).isZero();
  }

  /**
   * The rival is the survivor of least worst case, the first among equals, and the present one
   * while no other is better. What it gave as evidence is kept when it is replaced.
   */
  @Test
  void rivals_bankTheLeastEvidence() {
    var evidence = new RaceEvidence(3);
    add(evidence, ALL, 1, 0, 1);
    evidence.chooseRivals(ALL);
    assertThat(evidence.rival(0)).isEqualTo(1);
    assertThat(evidence.rival(1)).isEqualTo(2);
    assertThat(evidence.rival(2)).isEqualTo(1);
    // Hit by its challenger 1 on three rows, on which nobody hits the rival.
    add(evidence, ALL, 3, 0, 1, 0, 2);
    double three = SignTest.logEvidence(3, 0);
    assertThat(evidence.log(0, 0)).isEqualTo(three);
    assertThat(evidence.log(0, 2)).isEqualTo(three);
    assertThat(evidence.least(0)).isEqualTo(three);
    evidence.chooseRivals(ALL);
    assertThat(evidence.rival(0)).isEqualTo(1);
    assertThat(evidence.least(0)).isEqualTo(three);
    // On ten rows 0 hits the rival and nobody hits 0.
    add(evidence, ALL, 10, 1, 0);
    double least = SignTest.logEvidence(3, 10);
    assertThat(evidence.log(0, 2)).isEqualTo(three);
    assertThat(evidence.least(0)).isEqualTo(least);
    evidence.chooseRivals(ALL);
    assertThat(evidence.rival(0)).isEqualTo(2);
    assertThat(evidence.least(0)).isCloseTo(least, within(1e-12));
    add(evidence, ALL, 2, 0, 1);
    assertThat(evidence.least(0)).isCloseTo(least + SignTest.logEvidence(2, 0), within(1e-12));
    // Rows on which the rival is not scored count for nobody's evidence.
    add(evidence, new boolean[] {true, true, false}, 5, 0, 1);
    assertThat(evidence.least(0)).isCloseTo(least + SignTest.logEvidence(2, 0), within(1e-12));
    // A rival that is out is replaced though it was the best.
    evidence.chooseRivals(new boolean[] {true, true, false});
    assertThat(evidence.rival(0)).isEqualTo(1);
  }

  /**
   * Two pairs that vary together over two clusters: 0.4 by 0.2 and 0.004 by 0.002. The critical
   * value is that of the first, {@code 0.2 / sqrt(0.04 + 1e-6)}; the second has the half-width of
   * its own error, {@code sqrt(4e-6 + 1e-6)}, times it, above the floor of 0.0021.
   */
  @Test
  void intervals_ofPairsOfUnlikeErrors_areStudentised() {
    TournamentAggregate aggregate = TournamentAggregate.overPrompts(List.of("a", "b"), NGrid.of(4));
    int[][] clusters = {{600, 6, 394}, {200, 2, 798}};
    double[][] rows = {{-9, -1}, {-1, -9}, {-1, -1}};
    for (int cluster = 0; cluster < 2; cluster++) {
      for (int kind = 0; kind < 3; kind++) {
        for (int row = 0; row < clusters[cluster][kind]; row++) {
          aggregate.add(cluster, rows[kind]);
        }
      }
    }
    Interval interval =
        aggregate
            .results(PromptSizes.of(0, 0, 1000), new Confidence(0.45, 2000, 1))
            .getFirst()
            .candidates()
            .get(1)
            .worstInterval();
    double half = 0.2 / Math.sqrt(0.04 + 1e-6) * Math.sqrt(5e-6);
    assertThat(interval.low()).isCloseTo(0.004 - half, within(1e-12));
    assertThat(interval.high()).isCloseTo(0.004 + half, within(1e-12));
  }

  @Test
  void candidate_worstAndSum_leaveItselfOut() {
    Interval unit = Interval.certain(0, 1);
    Candidate candidate = Candidate.of("a", 0, List.of(1.0, 0.25, 0.5), unit, 3, true);
    assertThat(candidate.worst()).isEqualTo(0.5);
    assertThat(candidate.sum()).isEqualTo(0.75);
    TournamentAggregate atOne =
        TournamentAggregate.overIndependentRows(List.of("a", "b"), NGrid.of(1, 2));
    atOne.add(1, new double[] {-1, -1});
    List<TournamentResult> results =
        atOne.results(PromptSizes.independent(1), Confidence.standard());
    assertThat(results.get(0).matrix()).containsOnly(List.of(1.0, 1.0));
    assertThat(results.get(1).matrix()).containsOnly(List.of(0.0, 0.0));
  }

  private static OffsetTournament offset(int ofB) {
    var offset = new OffsetTournament(List.of("a", "b"), NGrid.of(4, 64));
    for (int generation = 0; generation < 10; generation++) {
      offset.add(0, new double[] {-1, -1});
      offset.add(1, new double[] {generation < ofB ? -1 : -9, -6});
    }
    return offset;
  }

  /**
   * a hits b on 3 of 10 generations of b by five nats, which reach ln 64 = 4.16; held out a is hit
   * on half of the rows and b on 0.6. With gamma = 64^(1/4) = 2.83, b has 0.6 - 2 gamma 0.3.
   */
  @Test
  void offset_inParts_addsUp() {
    TournamentAggregate heldOut =
        TournamentAggregate.overIndependentRows(List.of("a", "b"), NGrid.of(4, 64));
    for (int row = 0; row < 10; row++) {
      heldOut.add(row, new double[] {row < 5 ? -9 : -1, -1});
      heldOut.add(row, new double[] {-1, row < 6 ? -9 : -1});
    }
    TournamentResult plain =
        heldOut.results(PromptSizes.independent(20), Confidence.standard()).get(1);
    OffsetTournament whole = offset(2);
    whole.merge(offset(4));
    assertThat(whole).hasToString("OffsetTournament[a, b][20, 20]");
    OffsetTournament.Choice choice = whole.choose(1, plain, 0.25);
    double gamma = Math.sqrt(8);
    assertThat(choice.gamma()).isCloseTo(gamma, within(1e-12));
    assertThat(choice.guaranteed()).isTrue();
    assertThat(choice.scores().get(0)).isCloseTo(0.25, within(1e-12));
    assertThat(choice.scores().get(1)).isCloseTo(0.3 - 2 * gamma * 0.3, within(1e-12));
    assertThat(choice.winner()).isEqualTo("b");
    assertThat(whole.choose(1, plain, 0.5).guaranteed()).isFalse();
    assertThat(whole.choose(1, plain, 0).gamma()).isEqualTo(1);
    for (double wrong : new double[] {-0.01, 0.51, Double.NaN}) {
      assertThatThrownBy(() -> whole.choose(1, plain, wrong)).isInstanceOf(CoverageException.class);
    }
    assertThatThrownBy(() -> whole.merge(new OffsetTournament(List.of("a", "b"), NGrid.of(4))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> whole.merge(new OffsetTournament(List.of("a", "c"), NGrid.of(4, 64))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new OffsetTournament(List.of("a", "b"), NGrid.of(4, 64)).choose(1, plain, 0.25))
        .isInstanceOf(CoverageException.class)
        .hasMessage("no generations of a");
    assertThatThrownBy(() -> whole.add(0, new double[] {Double.NEGATIVE_INFINITY, -1}))
        .isInstanceOf(CoverageException.class);
  }
}
