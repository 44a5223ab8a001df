package io.tailwalk.demo;

import io.tailwalk.records.RunRecord;
import io.tailwalk.records.SampleRow;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.SampleList;
import io.tailwalk.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The report of the demonstration. */
final class DemoPage {
  private static final int SHOWN = 24;

  private DemoPage() {}

  static ReportPage of(
      List<SamplerScore> scores,
      List<SampleRow> rows,
      List<Section> walks,
      Optional<CheckpointFigures> checkpoints,
      RunRecord run) {
    List<Section> sections = new ArrayList<>(samplers(scores, rows));
    sections.addAll(walks);
    checkpoints.ifPresent(figures -> sections.addAll(figures.sections()));
    return new ReportPage(
        "Tailwalk on one page",
        "text without the letter e by "
            + scores.size()
            + " samplers; a choice among checkpoints by coverage",
        sections,
        run);
  }

  private static List<Section> samplers(List<SamplerScore> scores, List<SampleRow> rows) {
    return List.of(
        Section.of(
            "Text without the letter e",
            Prose.of(
                "Model "
                    + DemoSetup.MODEL
                    + ", verifier "
                    + DemoSetup.VERIFIER
                    + ". The task: continue each prompt by 60 to 80 characters without the letter"
                    + " e. Every sampler had a budget of "
                    + String.format(java.util.Locale.ROOT, "%,d", DemoSetup.BUDGET_TOKENS)
                    + " model tokens per prompt.",
                "Best-of-n draws complete texts and keeps those that pass. The walks descend the"
                    + " tree of partial completions and backtrack from dead ends; in the limit of"
                    + " many tours, their completions follow the model's distribution conditioned"
                    + " on passing.",
                "The success probability is the probability that the model's own completion passes."
                    + " Walks estimate it even if no plain draw would pass.")),
        Section.of("At the same budget", DemoTables.samplers(scores), Prose.of(Estimate.LEGEND)),
        Section.of("Success probability by prompt", plot(scores), DemoTables.prompts(scores)),
        Section.of("Completions", samples(rows)));
  }

  private static Plot plot(List<SamplerScore> scores) {
    List<String> prompts =
        scores.getFirst().results().stream().map(result -> result.job().id()).toList();
    List<Chart.BarSeries> series =
        scores.stream()
            .map(score ->
                new Chart.BarSeries(
                    score.name(),
                    score.results().stream().map(SamplerScore::successProbability).toList()))
            .toList();
    return new Plot(
        "Success probability of the model by prompt",
        "Points are estimates and bars 95% intervals; a hollow point is an estimate of zero, an"
            + " arrow an interval end below the axis.",
        new Chart.Dots(
            "prompt",
            prompts,
            Axis.linear("success probability", "").on(Axis.Scale.LOG10),
            series));
  }

  private static SampleList samples(List<SampleRow> rows) {
    List<SampleRow> shown = new ArrayList<>();
    int step = Math.max(1, rows.size() / SHOWN);
    for (int i = 0; i < rows.size() && shown.size() < SHOWN; i += step) {
      shown.add(rows.get(i));
    }
    return new SampleList(
        "Some of the " + rows.size() + " completions; all are in samples.jsonl", shown);
  }
}
