package io.tailwalk.coverage.tournament;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.PromptSizes;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TournamentTest {
  private static final NGrid GRID = NGrid.of(2, 4);
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void matrix_overAllOutcomes_isExact() {
    FiniteTournament distribution = FiniteTournament.missing(400, new double[] {0.1, 0.2, 0.05}, 1);
    TournamentAggregate aggregate =
        TournamentAggregate.overIndependentRows(distribution.models(), GRID);
    for (double[] row : distribution.logProbs()) {
      aggregate.add(0, row);
    }
    for (TournamentResult result : results(aggregate, 400)) {
      for (int i = 0; i < 3; i++) {
        assertThat(result.candidates().get(i).worst()).isEqualTo(distribution.worst(i, result.n()));
        assertThat(result.matrix().get(i).get(i)).isZero();
      }
      assertThat(result.winner().model()).isEqualTo("m2");
      assertThat(result.confidenceSet()).contains("m2");
    }
  }

  @Test
  void matrix_isIndexedByVictimThenChallenger() {
    TournamentAggregate aggregate =
        TournamentAggregate.overIndependentRows(List.of("a", "b"), NGrid.of(4));
    aggregate.add(1, new double[] {-5, -1});
    aggregate.add(2, new double[] {-1, -1});
    List<List<Double>> matrix = results(aggregate, 2).getFirst().matrix();
    assertThat(matrix.get(0).get(1)).isEqualTo(0.5); // C(b||a)
    assertThat(matrix.get(1).get(0)).isEqualTo(0.0);
  }

  @Test
  void zeroProbability_inOneOrBoth_countsAsStated() {
    TournamentAggregate aggregate =
        TournamentAggregate.overIndependentRows(List.of("a", "b"), NGrid.of(4));
    aggregate.add(1, new double[] {-INF, -100});
    aggregate.add(2, new double[] {-INF, -INF});
    TournamentResult result = results(aggregate, 2).getFirst();
    assertThat(result.matrix()).isEqualTo(List.of(List.of(0.0, 0.5), List.of(0.0, 0.0)));
    assertThat(result.candidates().getFirst().crossEntropy()).isEqualTo(INF);
  }

  @Test
  void add_ofPositiveOrNan_isRefused() {
    TournamentAggregate aggregate =
        TournamentAggregate.overIndependentRows(List.of("a", "b"), NGrid.of(4));
    assertThatThrownBy(() -> aggregate.add(1, new double[] {-1, Double.NaN}))
        .isInstanceOf(CoverageException.class)
        .hasMessageContaining("NaN of b");
    assertThatThrownBy(() -> aggregate.add(1, new double[] {0.1, -1}))
        .isInstanceOf(CoverageException.class);
  }

  @Test
  void crossEntropyChoice_mayDifferFromTheWinner() {
    TournamentAggregate aggregate =
        TournamentAggregate.overIndependentRows(List.of("sharp", "broad"), NGrid.of(8));
    for (int row = 0; row < 100; row++) {
      aggregate.add(row, row < 90 ? new double[] {-1, -2} : new double[] {-9, -3});
    }
    TournamentResult result = results(aggregate, 100).getFirst();
    assertThat(result.crossEntropyChoice().model()).isEqualTo("sharp");
    assertThat(result.winner().model()).isEqualTo("broad");
  }

  @Test
  void clustered_withOneRowAPrompt_givesTheSameMatrix() {
    FiniteTournament distribution = FiniteTournament.missing(200, new double[] {0.1, 0.3, 0.4}, 2);
    TournamentAggregate exact =
        TournamentAggregate.overIndependentRows(distribution.models(), GRID);
    TournamentAggregate clustered = TournamentAggregate.overPrompts(distribution.models(), GRID);
    SplittableRandom random = new SplittableRandom(4);
    for (int row = 0; row < 777; row++) {
      double[] logProbs = distribution.draw(random);
      exact.add(row, logProbs);
      clustered.add(row, logProbs);
    }
    for (int n = 0; n < 2; n++) {
      TournamentResult a = results(exact, 777).get(n);
      TournamentResult b = results(clustered, 777).get(n);
      assertThat(b.matrix()).isEqualTo(a.matrix());
      assertThat(b.confidenceSet()).isEqualTo(a.confidenceSet()).containsExactly("m0");
      assertThat(b.winner().worstInterval().low())
          .isCloseTo(a.winner().worstInterval().low(), within(0.03));
    }
  }

  @Test
  void merge_ofParts_equalsTheWhole() {
    FiniteTournament distribution = FiniteTournament.missing(200, new double[] {0.1, 0.3, 0.4}, 2);
    SplittableRandom random = new SplittableRandom(4);
    TournamentAggregate whole =
        TournamentAggregate.overIndependentRows(distribution.models(), GRID);
    TournamentAggregate first =
        TournamentAggregate.overIndependentRows(distribution.models(), GRID);
    TournamentAggregate second =
        TournamentAggregate.overIndependentRows(distribution.models(), GRID);
    for (int row = 0; row < 333; row++) {
      double[] logProbs = distribution.draw(random);
      whole.add(row, logProbs);
      (row % 3 == 0 ? first : second).add(row, logProbs);
    }
    first.merge(second);
    assertThat(results(first, 333)).isEqualTo(results(whole, 333));
  }

  /**
   * Two equally good best candidates among five: each must be kept in at least 95 of 100 data sets.
   * A set of the empirical winner alone keeps each in about 50.
   */
  @Test
  void confidenceSet_atATie_keepsEachTrueMinimiser() {
    assertThat(lostMinimisers(200, 300, 1)).isLessThanOrEqualTo(10);
  }

  @Test
  void confidenceSet_overPromptsAtATie_keepsEachTrueMinimiser() {
    assertThat(lostMinimisers(100, 80, 3)).isLessThanOrEqualTo(5);
  }

  private static int lostMinimisers(int dataSets, int prompts, int rowsPerPrompt) {
    List<String> models = List.of("a", "b", "c", "d");
    SplittableRandom random = new SplittableRandom(99);
    int lost = 0;
    for (int set = 0; set < dataSets; set++) {
      TournamentAggregate aggregate =
          rowsPerPrompt == 1
              ? TournamentAggregate.overIndependentRows(models, NGrid.of(4))
              : TournamentAggregate.overPrompts(models, NGrid.of(4));
      for (int prompt = 0; prompt < prompts; prompt++) {
        double u = random.nextDouble();
        double[] row = {u < 0.1 ? -9 : -1, u > 0.9 ? -9 : -1, u < 0.3 ? -9 : -1, -1};
        row[3] = u > 0.4 && u < 0.5 ? -9 : -1;
        for (int r = 0; r < rowsPerPrompt; r++) {
          aggregate.add(prompt, row);
        }
      }
      long[] sizes = new long[rowsPerPrompt + 1];
      sizes[rowsPerPrompt] = prompts;
      TournamentResult result =
          aggregate.results(PromptSizes.of(sizes), new Confidence(0.05, 300, set)).getFirst();
      lost += result.confidenceSet().contains("a") ? 0 : 1;
    }
    return lost;
  }

  @Test
  void offset_forgivesWhatACandidateRarelySays() {
    NGrid grid = NGrid.of(16);
    List<String> models = List.of("a", "b");
    TournamentAggregate heldOut = TournamentAggregate.overIndependentRows(models, grid);
    OffsetTournament offset = new OffsetTournament(models, grid);
    for (int row = 0; row < 10; row++) {
      heldOut.add(row, row < 3 ? new double[] {-9, -1} : new double[] {-1, row < 5 ? -9 : -1});
      offset.add(0, row < 2 ? new double[] {-9, -1} : new double[] {-1, -1});
      offset.add(1, new double[] {-1, -1});
    }
    TournamentResult plain = results(heldOut, 10).getFirst();
    OffsetTournament.Choice choice = offset.choose(0, plain, 0.25);
    assertThat(plain.winner().model()).isEqualTo("b");
    assertThat(choice.winner()).isEqualTo("a");
    assertThat(choice.gamma()).isCloseTo(2.0, within(1e-12));
    assertThat(choice.scores().getFirst()).isCloseTo(0.3 - 2 * 2 * 0.2, within(1e-12));
    assertThat(choice.guaranteed()).isFalse();
  }

  private static List<TournamentResult> results(TournamentAggregate aggregate, long rows) {
    return aggregate.results(PromptSizes.independent(rows), Confidence.standard());
  }
}
