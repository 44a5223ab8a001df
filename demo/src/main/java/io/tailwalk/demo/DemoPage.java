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
                    + ". Each prompt was to be continued by 60 to 80 characters without the letter"
                    + " e. Every sampler had a budget of "
                    + String.format(java.util.Locale.ROOT, "%,d", DemoSetup.BUDGET_TOKENS)
                    + " model tokens a prompt.",
                "Best-of-n draws whole completions and keeps those that pass. The walks go down"
                    + " the tree of partial completions and back up where it leads nowhere;"
                    + " their completions follow, in the limit of many tours, the model's own"
                    + " distribution given that the completion passes.",
                "The success probability is the probability that the model's own completion passes."
                    + " Walks estimate it even where no plain draw would pass.")),
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
        "Success probability of the model, prompt by prompt",
        "Points are estimates and bars 95% intervals; a hollow point is an estimate of"
            + " zero, an arrow an end below the axis.",
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
