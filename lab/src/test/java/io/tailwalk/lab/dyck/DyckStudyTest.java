package io.tailwalk.lab.dyck;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.records.JsonText;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;

class DyckStudyTest {
  private static final int REPEATS = 4;

  @Test
  void study_threads_changeNoFigure() {
    String one = figures(1, 9);
    assertThat(figures(2, 9)).isEqualTo(one);
    assertThat(figures(1, 10)).isNotEqualTo(one);
  }

  @Test
  void frontier_small_hasEverySamplerAtEqualTokens() {
    DyckStudy study = study(9);
    Frontier frontier;
    try (Workers workers = new Workers(1)) {
      frontier = study.frontier(workers, Watch.NONE);
    }
    assertThat(frontier.points().stream().map(point -> point.entrant().label()))
        .containsExactly(
            "auto",
            "vgb",
            "vgb-momentum",
            "smc",
            "action-level",
            "best-of-n, 4",
            "block-best-of-n, 4 of 2",
            "block-rejection, 4 of 2");
    for (Point point : frontier.points()) {
      assertThat(point.accuracy().value()).as(point.entrant().label()).isBetween(0.0, 1.0);
      assertThat(point.distinct().value()).isBetween(0.0, (double) study.tree().size());
      assertThat(point.modelTokens()).isBetween(20.0, 200.0);
    }
  }

  @Test
  void page_small_hasPlotsAndTables() {
    Finding finding = finding(study(9), 1);
    assertThat(finding.sections()).hasSize(3);
    assertThat(JsonText.line(finding.json()))
        .startsWith("{\"experiment\":\"dyck\",\"claim\":")
        .contains("\"verdict\":", "\"figures\":", "\"undominated\":", "\"success_probability\":")
        .doesNotContain("NaN");
  }

  @Test
  void base_shipped_hasTheShapeOfThePlan() {
    DyckPlan plan = DyckPlan.of(Scale.QUICK);
    Task task = Task.of(plan, BaseModel.shipped(plan));
    assertThat(task.verifier().responseLength()).isEqualTo(18);
    assertThat(plan.shape()).isEqualTo(DyckPlan.of(Scale.FULL).shape());
  }

  private static String figures(int threads, long seed) {
    return JsonText.line(finding(study(seed), threads).json());
  }

  private static Finding finding(DyckStudy study, int threads) {
    try (Workers workers = new Workers(threads)) {
      Frontier frontier = study.frontier(workers, Watch.NONE);
      List<EpochRow> rows = study.epochs(workers, Watch.NONE);
      Point outcomeLevel = study.outcomeLevel(workers);
      var verdict = DyckVerdict.of(frontier, rows, outcomeLevel);
      var result =
          new DyckResult(study.plan(), study.tree(), study.values(), frontier, rows, outcomeLevel);
      // One seed in all settings: figures of two seeds must differ by what was drawn.
      var settings = new ExperimentSettings(Scale.QUICK, 0, threads);
      return new Finding(
          DyckExperiment.NAME,
          "claim",
          verdict.holds(),
          verdict.summary(),
          DyckFigures.json(settings, false, result, verdict),
          DyckPage.sections(result, verdict));
    }
  }

  private static DyckStudy study(long seed) {
    Task task = SmallTask.task();
    var values =
        new ValueSeries(9, 3, List.of(SmallTask.value(), SmallTask.value()), List.of(0.5, 0.6), 1);
    return new DyckStudy(SmallTask.plan(REPEATS), task, CompletionTree.of(task), values, seed);
  }
}
