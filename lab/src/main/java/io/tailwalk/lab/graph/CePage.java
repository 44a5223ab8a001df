package io.tailwalk.lab.graph;

import io.tailwalk.report.Axis;
import io.tailwalk.report.Block;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.KeyFigures;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.report.TableBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The figures of the experiment as a page, modelled on the paper's Fig. 1. */
final class CePage {
  private static final NumberStyle FOUR = NumberStyle.fixed(4);
  private static final NumberStyle THREE = NumberStyle.fixed(3);

  private final GraphPlan plan;
  private final ScoredSeries series;
  private final CeVerdict verdict;

  private CePage(GraphPlan plan, ScoredSeries series, CeVerdict verdict) {
    this.plan = plan;
    this.series = series;
    this.verdict = verdict;
  }

  static List<Section> sections(GraphPlan plan, ScoredSeries series, CeVerdict verdict) {
    var page = new CePage(plan, series, verdict);
    return List.of(
        Section.of(
            "Verdict", page.keyFigures(), new Prose(verdict.summary()), Prose.of(page.how())),
        Section.of("During fine-tuning", page.klPlot(), page.coveragePlot()),
        page.scatters(),
        Section.of("Checkpoints", page.coverageTable(), page.passTable()));
  }

  private KeyFigures keyFigures() {
    int attempts = CeVerdict.ATTEMPTS;
    return new KeyFigures(
        List.of(
            figure(
                "pass@" + attempts + " of the tournament's checkpoint",
                Estimate.exactly(series.pass(attempts).get(verdict.choice().tournament())),
                "step " + series.step(verdict.choice().tournament())),
            figure(
                "pass@" + attempts + " of the checkpoint with the lowest cross-entropy",
                Estimate.exactly(series.pass(attempts).get(verdict.choice().crossEntropy())),
                "step " + series.step(verdict.choice().crossEntropy())),
            figure(
                "minus the lowest cross-entropy's",
                estimate(verdict.overCrossEntropy()),
                "95% interval, paired by prompt"),
            figure(
                "minus the base's",
                estimate(verdict.overBase()),
                "95% interval, paired by prompt")));
  }

  private static Estimate estimate(Gain gain) {
    return new Estimate(gain.interval().low(), gain.value(), gain.interval().high());
  }

  private static KeyFigures.Figure figure(String label, Estimate estimate, String note) {
    return new KeyFigures.Figure(label, estimate, "", FOUR, note);
  }

  private String how() {
    return "A transformer of "
        + plan.model().layers()
        + " layers and width "
        + plan.model().embedding()
        + " finds paths through graphs of "
        + plan.shape().middleLayers()
        + " layers of "
        + plan.shape().width()
        + " nodes. Its pre-training on equal parts of three rules was stopped early, so that it"
        + " does not yet find every path. Fine-tuning uses nine prompts of one rule for each prompt"
        + " of another, and the model cannot learn to tell them apart. It first learns to find"
        + " paths; then cross-entropy rewards it for betting on the common rule. Each prompt has"
        + " one right path, so pass@N is 1 - (1 - p)^N, where p is the model's probability of this"
        + " path; it is computed, not sampled. Both choices are made on "
        + count(series.choosingPrompts())
        + " held-out prompts, the tournament at N = "
        + CeVerdict.plain(verdict.choice().result().n())
        + "; every figure here is from "
        + count(series.judgingPrompts())
        + " others.";
  }

  private static String count(int prompts) {
    return String.format(Locale.ROOT, "%,d", prompts);
  }

  private Plot klPlot() {
    return new Plot(
        "Cross-entropy",
        "KL from the data to the model over the steps of fine-tuning; it equals cross-entropy,"
            + " since"
            + " each prompt has one right path.",
        new Chart.Lines(
            steps(),
            Axis.linear("KL", "nats"),
            marked(List.of(line("KL", series.kl())), series.kl())));
  }

  private Plot coveragePlot() {
    List<Chart.Line> lines = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    for (double factor : ScoredSeries.FACTORS) {
      List<Double> coverage = ScoredSeries.coverage(series.judging(), factor);
      // The lowest level starts near 1 and would flatten the other curves.
      if (factor > 2) {
        lines.add(line("Cov_" + CeVerdict.plain(factor), coverage));
        all.addAll(coverage);
      }
    }
    return new Plot(
        "Coverage",
        "Cov_N is the share of prompts whose right path has a probability of at most 1/N under the"
            + " model; lower is better. It improves and then worsens while cross-entropy falls.",
        new Chart.Lines(steps(), Axis.linear("Cov_N", ""), marked(lines, all)));
  }

  private static Axis steps() {
    return Axis.linear("step of fine-tuning", "").printed(NumberStyle.integer());
  }

  private Chart.Line line(String name, List<Double> values) {
    List<Chart.LinePoint> points = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      points.add(new Chart.LinePoint(series.step(i), Estimate.exactly(values.get(i))));
    }
    return new Chart.Line(name, false, points);
  }

  /** The curves, and a vertical line at each chosen checkpoint. */
  private List<Chart.Line> marked(List<Chart.Line> curves, List<Double> values) {
    double top = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    List<Chart.Line> lines = new ArrayList<>();
    lines.add(mark("tournament's choice", verdict.choice().tournament(), top));
    lines.add(mark("lowest cross-entropy", verdict.choice().crossEntropy(), top));
    lines.addAll(curves);
    return lines;
  }

  private Chart.Line mark(String name, int checkpoint, double top) {
    double step = series.step(checkpoint);
    return Chart.Line.upright(name, step, top);
  }

  private Section scatters() {
    List<Block> plots = new ArrayList<>();
    ScoredSeries.ATTEMPTS.forEach(attempts -> plots.add(scatter(attempts)));
    return new Section("Pass@N against coverage", plots);
  }

  private Plot scatter(int attempts) {
    double factor = ScoredSeries.factorFor(attempts);
    int tournament = verdict.choice().tournament();
    int crossEntropy = verdict.choice().crossEntropy();
    List<Chart.LabelledPoint> others = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      if (i != tournament && i != crossEntropy) {
        others.add(point(i, factor, attempts));
      }
    }
    String coverage = "Cov_" + CeVerdict.plain(factor);
    String pass = "pass@" + attempts;
    return new Plot(
        pass + " against " + coverage,
        "One point for each checkpoint.",
        new Chart.Scatter(
            Axis.linear(coverage, ""),
            Axis.linear(pass, ""),
            List.of(
                new Chart.Cloud(
                    "tournament's choice", List.of(point(tournament, factor, attempts))),
                new Chart.Cloud(
                    "lowest cross-entropy", List.of(point(crossEntropy, factor, attempts))),
                new Chart.Cloud("other checkpoints", others))));
  }

  private Chart.LabelledPoint point(int checkpoint, double factor, int attempts) {
    return new Chart.LabelledPoint(
        "step " + series.step(checkpoint),
        Estimate.exactly(ScoredSeries.coverage(series.judging(), factor).get(checkpoint)),
        Estimate.exactly(series.pass(attempts).get(checkpoint)));
  }

  private Table coverageTable() {
    return table(
        "KL and coverage",
        table ->
            table
                .number("KL", "nats", THREE, series.kl()::get)
                .each(
                    ScoredSeries.FACTORS,
                    (columns, n) ->
                        columns.number(
                            "Cov_" + CeVerdict.plain(n),
                            THREE,
                            ScoredSeries.coverage(series.judging(), n)::get)));
  }

  private Table passTable() {
    return table(
        "pass@N",
        table ->
            table.each(
                ScoredSeries.ATTEMPTS,
                (columns, n) -> columns.number("pass@" + n, FOUR, series.pass(n)::get)));
  }

  /** A row for each checkpoint: its step, the values, and the methods that chose it. */
  private Table table(String title, UnaryOperator<TableBuilder<Integer>> values) {
    var steps =
        Table.of(
                title + ", on the prompts on which checkpoints are judged",
                IntStream.range(0, series.size()).boxed().toList())
            .whole("step", series::step);
    return values.apply(steps).text("chosen by", this::chosenBy).build();
  }

  private String chosenBy(int checkpoint) {
    List<String> by = new ArrayList<>();
    if (checkpoint == verdict.choice().tournament()) {
      by.add("tournament");
    }
    if (checkpoint == verdict.choice().crossEntropy()) {
      by.add("cross-entropy");
    }
    return String.join(", ", by);
  }
}
