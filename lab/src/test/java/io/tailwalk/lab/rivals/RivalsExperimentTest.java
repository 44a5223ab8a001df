package io.tailwalk.lab.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Measured;
import io.tailwalk.lab.Scale;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.testkit.ExactDistribution;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RivalsExperimentTest {

  private static Finding run(int threads) {
    var settings = new ExperimentSettings(Scale.QUICK, 100, threads);
    return new RivalsExperiment(settings, List.of(12), 2).run(Watch.NONE);
  }

  @Test
  void sameSeed_anyNumberOfThreads_theSameFigures() {
    assertThat(run(2).json()).isEqualTo(run(1).json());
  }

  @Test
  void cases_meanNumberOfTheLetter_isThatOfTheExactTarget() {
    for (RivalCase known : RivalCase.all(List.of(3, 5))) {
      var problem = known.problem();
      double[] mean = new double[1];
      ExactDistribution.of(
              problem.model(), problem.prompt(), problem.verifier(), problem.maxTokens())
          .target()
          .forEach((tokens, p) ->
              mean[0] += p * tokens.tokenIds().stream().filter(t -> t == known.letter()).count());
      assertThat(mean[0]).isCloseTo(known.length() * known.share(), within(1e-9));
    }
    assertThat(RivalCase.abc(4).error(List.of())).isEqualTo(1);
  }

  @Test
  void verdict_holds_onlyIfEveryWalkIsClearlyBetterAndNotDearer() {
    assertThat(RivalsVerdict.of(cells(0.05, 0.2, 1000)).holds()).isTrue();
    assertThat(RivalsVerdict.of(cells(0.18, 0.2, 1000)).holds()).isFalse();
    assertThat(RivalsVerdict.of(cells(0.2, 0.05, 1000)).holds()).isFalse();
    var dear = RivalsVerdict.of(cells(0.05, 0.2, 1100));
    assertThat(dear.holds()).isFalse();
    assertThat(String.join("\n", dear.summary())).contains("used 1100 model tokens");
  }

  /** One cell in which one walk is not ahead decides, whatever the others show. */
  @Test
  void verdict_oneCellAmongMany_fails() {
    List<RivalCell> cells = new ArrayList<>(cells(RivalCase.abc(4), 0.05, 0.2, 1000));
    cells.addAll(cells(RivalCase.abc(5), 0.05, 0.2, 1000));
    assertThat(RivalsVerdict.of(cells).holds()).isTrue();
    RivalCell last =
        cells.stream()
            .filter(cell -> cell.entrant().role() == Entrant.Role.WALK)
            .toList()
            .getLast();
    cells.replaceAll(cell -> cell.equals(last) ? with(cell, 0.19) : cell);
    assertThat(RivalsVerdict.of(cells).holds()).isFalse();
  }

  private static RivalCell with(RivalCell cell, double square) {
    return new RivalCell(
        cell.known(),
        cell.entrant(),
        cell.error(),
        new Measured(square, 0.01),
        cell.tokens(),
        cell.empty());
  }

  /** Planted falsehood: sampling without backtracking, run for real under the name of a walk. */
  @Test
  void planted_descentsInPlaceOfTheWalk_fail() {
    RivalCase known = RivalCase.abc(16);
    List<Entrant> all = Entrant.all();
    Entrant descents =
        all.stream()
            .filter(each -> each.label().equals(Entrant.ACTION_LEVEL))
            .findFirst()
            .orElseThrow();
    List<Entrant> rivals =
        all.stream().filter(each -> each.label().startsWith("smc-lookahead")).toList();
    try (Workers workers = new Workers(1)) {
      List<RivalCell> cells = new ArrayList<>();
      for (Entrant rival : rivals) {
        cells.add(RivalCell.of(known, rival, 100, workers, 3));
      }
      var planted = new Entrant(Entrant.VGB, descents.sampler(), Entrant.Role.WALK);
      cells.add(RivalCell.of(known, planted, 100, workers, 3));
      assertThat(RivalsVerdict.of(cells).holds()).isFalse();
      cells.set(cells.size() - 1, RivalCell.of(known, all.getFirst(), 100, workers, 3));
      assertThat(RivalsVerdict.of(cells).holds()).isTrue();
    }
  }

  private static List<RivalCell> cells(double walks, double rivals, double tokens) {
    return cells(RivalCase.abc(4), walks, rivals, tokens);
  }

  private static List<RivalCell> cells(
      RivalCase known, double walks, double rivals, double tokens) {
    List<RivalCell> cells = new ArrayList<>();
    for (Entrant entrant : Entrant.all()) {
      boolean walk = entrant.role() == Entrant.Role.WALK;
      cells.add(
          new RivalCell(
              known,
              entrant,
              new Measured(0, 0.01),
              new Measured(walk ? walks : rivals, 0.01),
              new Measured(walk ? tokens : 1010, 1),
              0));
    }
    return cells;
  }
}
