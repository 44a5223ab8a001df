package io.tailwalk.demo;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.passk.PairedPoint;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.profile.ProfilePoint;
import io.tailwalk.records.Json;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.report.coverage.CoverageJson;
import io.tailwalk.report.coverage.CoveragePages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** The checkpoints of the demonstration as a table, a sentence, sections of the report, JSON. */
final class CheckpointFigures {
  private static final NumberStyle THREE = NumberStyle.fixed(3);

  private final CheckpointStudy study;

  CheckpointFigures(CheckpointStudy study) {
    this.study = study;
  }

  /** The question that the demonstration answers. */
  String question() {
    return "Which of %d checkpoints of a fine-tuning run should completions be drawn from, judging by %d held-out prompts with one correct answer each?"
        .formatted(study.profiles().size(), study.rows());
  }

  /** The table of the checkpoints, one row per checkpoint. */
  Table table() {
    record Row(int place, ModelProfile profile) {}
    List<Row> rows = new ArrayList<>();
    study.profiles().forEach(profile -> rows.add(new Row(rows.size(), profile)));
    List<Integer> factors = IntStream.range(0, CheckpointStudy.FACTORS.size()).boxed().toList();
    return Table.of(
            "Cov_N is the share of prompts to whose correct answer the checkpoint assigns at most"
                + " 1/N of its probability under the data, so lower is better; pass@"
                + CheckpointStudy.ATTEMPTS
                + " is the probability that as many draws contain the correct answer, computed from"
                + " its probability",
            rows)
        .text("checkpoint", row -> row.profile().model())
        .number("cross-entropy", "nats", THREE, row -> row.profile().crossEntropy().value())
        .each(
            factors,
            (table, k) ->
                table.number(
                    coverage(CheckpointStudy.FACTORS.n(k)),
                    THREE,
                    row -> row.profile().points().get(k).coverage()))
        .number("pass@" + CheckpointStudy.ATTEMPTS, THREE, row -> study.pass(row.place()))
        .text("chosen by", row -> chosenBy(row.place()))
        .build();
  }

  private static String coverage(double factor) {
    return "Cov_" + CoveragePages.factor(factor);
  }

  private String chosenBy(int checkpoint) {
    List<String> by = new ArrayList<>();
    if (checkpoint == study.byCoverage()) {
      by.add("tournament");
    }
    if (checkpoint == study.byCrossEntropy()) {
      by.add("cross-entropy");
    }
    return String.join(", ", by);
  }

  /** The result of the two choices, in one sentence. */
  String sentence() {
    String factor = CoveragePages.factor(CheckpointStudy.TOURNAMENT);
    String winner = study.tournament().winner().model();
    double pass = 100 * study.pass(study.byCoverage());
    if (study.byCoverage() == study.byCrossEntropy()) {
      return String.format(
          Locale.ROOT,
          "The tournament at N = %s and cross-entropy both choose %s; %d draws from it contain"
              + " the correct answer on %.1f%% of the prompts.",
          factor,
          winner,
          CheckpointStudy.ATTEMPTS,
          pass);
    }
    PairedPoint gain = study.gain();
    String interval =
        String.format(
            Locale.ROOT,
            "95%% interval %.1f to %.1f",
            100 * gain.interval().low(),
            100 * gain.interval().high());
    String meaning;
    if (gain.interval().low() > 0) {
      meaning =
          String.format(
              Locale.ROOT,
              "choosing by coverage gains %.1f points (%s).",
              100 * gain.difference(),
              interval);
    } else if (gain.interval().high() < 0) {
      meaning =
          String.format(
              Locale.ROOT,
              "here the choice by cross-entropy is better by %.1f points (%s).",
              -100 * gain.difference(),
              interval);
    } else {
      meaning =
          String.format(
              Locale.ROOT,
              "a difference that is not significant with this few prompts (%s).",
              interval);
    }
    return String.format(
        Locale.ROOT,
        "The tournament at N = %s chooses %s, cross-entropy %s; %d draws contain the correct"
            + " answer on %.1f%% of the prompts with the first and on %.1f%% with the second: %s",
        factor,
        winner,
        study.tournament().crossEntropyChoice().model(),
        CheckpointStudy.ATTEMPTS,
        pass,
        100 * study.pass(study.byCrossEntropy()),
        meaning);
  }

  /** The sections of the report. */
  List<Section> sections() {
    return List.of(
        Section.of(
            "Which checkpoint to choose",
            Prose.of(
                question()
                    + " The model finds paths through small graphs, which it first learns to do"
                    + " better. Most prompts of the data follow one rule and a few follow another,"
                    + " and no learnable feature distinguishes the two; betting on the common rule"
                    + " then lowers cross-entropy further and loses the rare prompts (lab"
                    + " coverage-vs-ce).",
                sentence()),
            table()),
        Section.of("During fine-tuning", crossEntropyPlot(), coveragePlot()),
        Section.of(
            "Tournament at N = " + CoveragePages.factor(CheckpointStudy.TOURNAMENT),
            Prose.of(
                "The tournament reads only the held-out answers' log-probabilities under the"
                    + " checkpoints, not the distribution of the data. It chooses the checkpoint"
                    + " with the smallest worst-case share of answers under-weighted by N against a"
                    + " rival.",
                CoveragePages.verdict(study.tournament())),
            CoveragePages.candidates(study.tournament()),
            CoveragePages.matrix(study.tournament())));
  }

  private Plot crossEntropyPlot() {
    List<Chart.LinePoint> points = new ArrayList<>();
    for (ModelProfile profile : study.profiles()) {
      points.add(
          new Chart.LinePoint(
              ShippedSeries.step(profile.model()),
              estimate(profile.crossEntropy().value(), profile.crossEntropy().interval())));
    }
    return new Plot(
        "Cross-entropy",
        "Mean of minus the log-probability of the correct answer, with pointwise 95% intervals.",
        new Chart.Lines(
            steps(),
            Axis.linear("cross-entropy", "nats"),
            marked(List.of(new Chart.Line("cross-entropy", false, points)))));
  }

  private Plot coveragePlot() {
    List<Chart.Line> lines = new ArrayList<>();
    for (int k = 0; k < CheckpointStudy.FACTORS.size(); k++) {
      List<Chart.LinePoint> points = new ArrayList<>();
      for (ModelProfile profile : study.profiles()) {
        ProfilePoint point = profile.points().get(k);
        points.add(
            new Chart.LinePoint(
                ShippedSeries.step(profile.model()),
                estimate(point.coverage(), point.pointwise())));
      }
      lines.add(new Chart.Line(coverage(CheckpointStudy.FACTORS.n(k)), false, points));
    }
    return new Plot(
        "Coverage",
        "Share of prompts whose correct answer gets at most 1/N of its probability under the data,"
            + " with pointwise 95% intervals; lower is better.",
        new Chart.Lines(steps(), Axis.linear("Cov_N", ""), marked(lines)));
  }

  private static Estimate estimate(double value, Interval interval) {
    return new Estimate(Math.min(value, interval.low()), value, Math.max(value, interval.high()));
  }

  private static Axis steps() {
    return Axis.linear("fine-tuning step", "").printed(NumberStyle.integer());
  }

  /** The curves, and a vertical line at each chosen checkpoint. */
  private List<Chart.Line> marked(List<Chart.Line> curves) {
    double top =
        curves.stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(point -> point.y().high())
            .max()
            .orElseThrow();
    List<Chart.Line> lines = new ArrayList<>(curves);
    if (study.byCoverage() == study.byCrossEntropy()) {
      lines.add(mark("both choices", study.byCoverage(), top));
    } else {
      lines.add(mark("tournament's choice", study.byCoverage(), top));
      lines.add(mark("cross-entropy's choice", study.byCrossEntropy(), top));
    }
    return lines;
  }

  private Chart.Line mark(String name, int checkpoint, double top) {
    double step = ShippedSeries.step(study.profiles().get(checkpoint).model());
    return Chart.Line.upright(name, step, top);
  }

  /** The numbers: the results of {@code profile} and {@code select}, and pass@k. */
  ObjectNode json() {
    Map<String, Double> pass = new LinkedHashMap<>();
    for (int i = 0; i < study.profiles().size(); i++) {
      pass.put(study.profiles().get(i).model(), study.pass(i));
    }
    Interval gain = study.gain().interval();
    return Json.of(
        new Form(
            study.rows(),
            study.tournament().winner().model(),
            study.tournament().crossEntropyChoice().model(),
            CheckpointStudy.ATTEMPTS,
            pass,
            new Gain(study.gain().difference(), gain.low(), gain.high()),
            CoverageJson.profile(study.profiles()),
            CoverageJson.select(List.of(study.tournament()))));
  }

  private record Form(
      long rows,
      String tournamentChoice,
      String crossEntropyChoice,
      int attempts,
      Map<String, Double> pass,
      Gain gain,
      ObjectNode profile,
      ObjectNode select) {}

  private record Gain(double difference, double low, double high) {}
}
