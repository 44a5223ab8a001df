package io.tailwalk.coverage.tournament;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.PromptSizes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How delta is split over comparisons, to the row. */
class TournamentLevelsTest {
  private static final Confidence FIVE_PERCENT = new Confidence(0.05, 100, 0);
  private static final NGrid GRID = NGrid.of(4);

  private static TournamentAggregate independent(int models) {
    return TournamentAggregate.overIndependentRows(names(models), GRID);
  }

  private static TournamentAggregate clustered(int models) {
    return TournamentAggregate.overPrompts(names(models), GRID);
  }

  private static List<String> names(int models) {
    return List.of("a", "b", "c").subList(0, models);
  }

  /** So many rows on which a alone is bad, and as many on which all are alike. */
  private static TournamentResult rows(int models, int bad, int alike) {
    TournamentAggregate aggregate = independent(models);
    for (int row = 0; row < bad + alike; row++) {
      double[] logProbs = new double[] {row < bad ? -9 : -1, -1, -1};
      aggregate.add(row, models == 3 ? logProbs : new double[] {logProbs[0], -1});
    }
    return aggregate.results(PromptSizes.independent(bad + alike), FIVE_PERCENT).getFirst();
  }

  /** The sign test of r rows to none has p = 2^-r; the level is 0.05 / (M-1)^2. */
  @Test
  void ruledOut_independentRows_atDeltaOverTheSquareOfTheRivals() {
    assertThat(rows(2, 4, 70).confidenceSet()).containsExactly("a", "b"); // 0.0625
    assertThat(rows(2, 5, 70).confidenceSet()).containsExactly("b"); // 0.03125
    assertThat(rows(3, 6, 70).confidenceSet()).containsExactly("a", "b", "c"); // 0.0156 > 0.0125
    assertThat(rows(3, 7, 70).confidenceSet()).containsExactly("b", "c"); // 0.0078
  }

  /**
   * ln 4 = 1.386 lies between one nat and two: on the first row both others hit a, on the second c
   * alone hits b, on the third a alone hits c. All worst cases are alike, so all are kept, though a
   * hits b never, and all challengers of a hit it significantly more often than that.
   */
  @Test
  void ruledOut_needsAllChallengersOfTheRival() {
    double[][] rows = {{-9, -1, -1}, {-2, -3, -1}, {-1, -2, -3}};
    TournamentAggregate byRow = independent(3);
    TournamentAggregate byPrompt = clustered(3);
    for (int row = 0; row < 60; row++) {
      byRow.add(row, rows[row % 3]);
      byPrompt.add(row, rows[row % 3]);
    }
    PromptSizes sizes = PromptSizes.independent(60);
    for (TournamentAggregate aggregate : List.of(byRow, byPrompt)) {
      TournamentResult result = aggregate.results(sizes, FIVE_PERCENT).getFirst();
      assertThat(result.confidenceSet()).containsExactly("a", "b", "c");
      assertThat(result.candidates().get(1).against()).containsExactly(0.0, 0.0, 20 / 60.0);
    }
  }

  /**
   * Clopper and Pearson's ends of 0 and of all n rows: {@code 1 - (d/2)^(1/n)} and {@code
   * (d/2)^(1/n)}, with d = 0.05 / 6 for the six pairs of three candidates and 0.05 / 2 for two.
   */
  @Test
  void intervals_independentRows_shareDeltaOverAllPairs() {
    Interval never = rows(3, 0, 40).candidates().getFirst().worstInterval();
    assertThat(never.high()).isCloseTo(1 - Math.pow(0.05 / 12, 1 / 40.0), within(1e-12));
    Interval always = rows(3, 40, 0).candidates().getFirst().worstInterval();
    assertThat(always.low()).isCloseTo(Math.pow(0.05 / 12, 1 / 40.0), within(1e-12));
    Interval ofTwo = rows(2, 0, 40).candidates().getFirst().worstInterval();
    assertThat(ofTwo.high()).isCloseTo(1 - Math.pow(0.05 / 4, 1 / 40.0), within(1e-12));
  }

  private static TournamentResult prompts(int models, int prompts, int bad, int size) {
    TournamentAggregate aggregate = clustered(models);
    for (int prompt = 0; prompt < prompts; prompt++) {
      for (int row = 0; row < size; row++) {
        double a = row < bad ? -9 : -1;
        aggregate.add(prompt, models == 3 ? new double[] {a, -1, -1} : new double[] {a, -1});
      }
    }
    long[] sizes = new long[size + 1];
    sizes[size] = prompts;
    return aggregate.results(PromptSizes.of(sizes), FIVE_PERCENT).getFirst();
  }

  /** Prompts that all show the same: {@code ln(2 M (M-1) / 0.05) / m} to either side. */
  @Test
  void intervals_promptsAllAlike_haveTheFloor() {
    Interval three = prompts(3, 50, 1, 2).candidates().getFirst().worstInterval();
    assertThat(three.low()).isCloseTo(0.5 - Math.log(240) / 50, within(1e-12));
    assertThat(three.high()).isCloseTo(0.5 + Math.log(240) / 50, within(1e-12));
    Interval two = prompts(2, 50, 1, 2).candidates().getFirst().worstInterval();
    assertThat(two.low()).isCloseTo(0.5 - Math.log(80) / 50, within(1e-12));
  }

  /**
   * A difference c that all m prompts show rules out when {@code (1 + c)^m > (M-1)^2 / 0.05}. With
   * c = 1/2 and M = 2, {@code 1.5^7 = 17.1 < 20 < 1.5^8 = 25.6}; with M = 3, {@code 1.5^10 = 57.7 <
   * 80 < 1.5^11 = 86.5}.
   */
  @Test
  void ruledOut_promptsAllAlike_haveTheFloor() {
    assertThat(prompts(2, 7, 1, 2).confidenceSet()).containsExactly("a", "b");
    assertThat(prompts(2, 8, 1, 2).confidenceSet()).containsExactly("b");
    assertThat(prompts(3, 10, 1, 2).confidenceSet()).containsExactly("a", "b", "c");
    assertThat(prompts(3, 11, 1, 2).confidenceSet()).containsExactly("b", "c");
  }

  /** One prompt, however many rows it has, tells nothing of the next. */
  @Test
  void onePrompt_saysNothing() {
    TournamentResult result = prompts(2, 1, 50, 50);
    assertThat(result.candidates().getFirst().worstInterval()).isEqualTo(Interval.certain(0, 1));
    assertThat(result.confidenceSet()).containsExactly("a", "b");
  }

  @Test
  void aggregate_itsInput_isChecked() {
    assertThatThrownBy(() -> TournamentAggregate.overIndependentRows(List.of("a"), GRID))
        .isInstanceOf(CoverageException.class);
    assertThatThrownBy(() -> TournamentAggregate.overIndependentRows(List.of("a", "a"), GRID))
        .isInstanceOf(CoverageException.class);
    assertThatThrownBy(() -> independent(2).results(PromptSizes.of(0), FIVE_PERCENT))
        .isInstanceOf(CoverageException.class)
        .hasMessage("no rows for a tournament");
    assertThatThrownBy(() -> independent(2).merge(independent(3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            independent(2).merge(TournamentAggregate.overIndependentRows(names(2), NGrid.of(5))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
