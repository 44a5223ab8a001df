package io.tailwalk.lab.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Measured;
import io.tailwalk.lab.Scale;
import io.tailwalk.runs.work.Watch;
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

  private static List<RivalCell> cells(double walks, double rivals, double tokens) {
    List<RivalCell> cells = new ArrayList<>();
    RivalCase known = RivalCase.abc(4);
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
