package io.tailwalk.lab.ess;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.lab.Problems;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Samplers;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What auto loses against single choices, where single choices are hardest to beat. */
class AutoChoiceTest {
  /** Share of the budget that the pilot may take; variance goes as one over the rest. */
  private static final double PILOT = 0.05;

  private static Contender named(String name) {
    return new Contender(name, Samplers.create(name, Map.of()));
  }

  private static String choice(DyckCell cell) {
    var options = RunOptions.of(4, Budget.UNLIMITED.withNodes(cell.nodes()), 5);
    return Problems.run(cell.problem(3, 0), Contender.AUTO.sampler(), options)
        .diagnostics()
        .notes()
        .getFirst();
  }

  @Test
  void notes_sayWhatIsChosenByWhatFigures() {
    assertThat(choice(new DyckCell(32, false, 0)))
        .startsWith("particle filter: by a pilot of 8, effective draws per token and")
        .contains("1.00 by particles");
    assertThat(choice(new DyckCell(32, false, 0.3))).startsWith("particle filter: ");
    assertThat(choice(new DyckCell(32, true, 0.3))).startsWith("twisted particle filter: ");
  }

  /** Exact values: plain importance sampling is as good as it gets, and auto finds that out. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"32, 600, action-importance", "32, 600, smc", "64, 300, action-importance"})
  void exactValues_auto_losesNoMoreThanThePilot(int length, int repeats, String rival) {
    DyckCell cell = new DyckCell(length, false, 0);
    try (Workers workers = new Workers(1)) {
      var bench = new Bench(workers, repeats, 11);
      Measurement auto = bench.measure(cell, Contender.AUTO, cell.nodes());
      Measurement single = bench.measure(cell, named(rival), cell.nodes());
      double allowed = 1 / Math.sqrt(1 - PILOT);
      double standardError = auto.ratioStandardError(single);
      assertThat(auto.ratioTo(single)).isLessThan(allowed + 2 * standardError);
      assertThat(standardError).isLessThan(0.06);
    }
  }
}
