package io.tailwalk.report;

import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.records.HostFacts;
import io.tailwalk.records.ModelStamp;
import io.tailwalk.records.RunRecord;
import io.tailwalk.records.SampleOrigin;
import io.tailwalk.records.SampleRow;
import io.tailwalk.records.SampleScore;
import io.tailwalk.records.SampleUsage;
import io.tailwalk.records.TokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A made-up page with every kind of block, and text that tries to break out of it. */
final class ExamplePage {
  /** Texts that are dangerous in some form of output. */
  static final List<String> HOSTILE =
      List.of(
          "</script><script>document.title='broken'</script>",
          "\"quotes\" & 'apostrophes' <b>bold</b>",
          "line\u2028separator\u2029and\r\nbreaks\ttab",
          "\u001b[31mred\u0000nul\u0085next",
          "שלום עולם, right to left",
          "emoji 👩‍🔬 🧪 and half \ud83d",
          "| pipes | `ticks` ``` *stars* [link](x) <!-- -->",
          "turned \u202eround\u2066 and \u200fmarked",
          "\u001b]0;title\u0007 \u009b2J ]]> --> {{a}} ${b} {c|d}",
          "<img src=x onerror=alert(1)> javascript:alert(1)");

  private static final Axis STEPS =
      Axis.linear("Budget", "model tokens").on(Axis.Scale.LOG2).printed(NumberStyle.integer());
  private static final Axis SUCCESS =
      Axis.linear("Success", "share of prompts").printed(NumberStyle.fixed(3));
  static final List<String> SAMPLERS =
      List.of("ancestral", "best-of-n", "beam", "vgb", "vgb-momentum");

  private static final int PROMPTS = 5;

  private static final List<TargetDistribution> DISTRIBUTIONS =
      List.of(TargetDistribution.values());

  private ExamplePage() {}

  static ReportPage page() {
    return new ReportPage(
        "Letter avoidance on made-up numbers",
        "Five samplers at equal model tokens on 40 prompts that do not exist",
        List.of(
            summary(),
            Section.of("Success against cost", successCurve(), frontier()),
            Section.of("Samplers side by side", bars(), ExampleBlocks.dots(), table(), wideTable()),
            Section.of("A walk", ExampleBlocks.walk()),
            Section.of("Coverage between checkpoints", profile(), matrix()),
            Section.of("Completions", samples())),
        run());
  }

  static RunRecord run() {
    return new RunRecord(
        new RunRecord.Tool("0.1.0", "0123abc"),
        List.of("demo", "--out", "my folder", "--api-key", "hidden-by-the-record"),
        List.of(new ModelStamp("builtin:made-up", "9f".repeat(32))),
        7,
        new TreeMap<>(Map.of("temperature", 1.0, "verifier", "avoid:e", "max_tokens", 40)),
        new HostFacts(2, "Linux 6.1 amd64", "Temurin 25"));
  }

  private static Section summary() {
    NumberStyle share = NumberStyle.percent(1);
    return Section.of(
        "Summary",
        Prose.of(
            "At equal model tokens the walk with momentum reaches the target on more prompts than"
                + " any other sampler, and its output follows the target distribution in the limit."),
        new KeyFigures(
            List.of(
                new KeyFigures.Figure(
                    "Success, vgb-momentum",
                    new Estimate(0.832, 0.905, 0.953),
                    "",
                    share,
                    "of 40 prompts, 95% interval"),
                new KeyFigures.Figure(
                    "Base success probability",
                    new Estimate(1.9e-7, 4.1e-7, 8.8e-7),
                    "",
                    NumberStyle.significant(2),
                    "unbiased, from 256 tours"),
                new KeyFigures.Figure(
                    "Cost",
                    Estimate.exactly(163_840),
                    "tokens",
                    NumberStyle.integer(),
                    "the same for each sampler"))));
  }

  private static Plot successCurve() {
    List<Chart.Line> lines = new ArrayList<>();
    for (int s = 1; s < SAMPLERS.size(); s++) {
      List<Chart.LinePoint> points = new ArrayList<>();
      for (int k = 4; k <= 12; k++) {
        double p = 1 - Math.exp(-Math.pow(2, k - 12 + s * 0.9));
        points.add(new Chart.LinePoint(1 << k, around(p, 0.35 * Math.sqrt(p * (1 - p)))));
      }
      lines.add(new Chart.Line(SAMPLERS.get(s), false, points));
    }
    lines.add(
        new Chart.Line(
            "base model",
            true,
            List.of(
                new Chart.LinePoint(16, Estimate.exactly(0.1)),
                new Chart.LinePoint(4096, Estimate.exactly(0.1)))));
    return new Plot(
        "Success by budget",
        "Success rises with the budget for every sampler, first for the walk with momentum; bands"
            + " are 95% intervals.",
        new Chart.Lines(STEPS, SUCCESS, lines));
  }

  private static Plot frontier() {
    List<Chart.Cloud> clouds = new ArrayList<>();
    for (int s = 0; s < SAMPLERS.size(); s++) {
      double cost = 300 * Math.pow(2.4, s);
      double p = 0.2 + 0.17 * s;
      clouds.add(
          new Chart.Cloud(
              SAMPLERS.get(s),
              List.of(
                  new Chart.LabelledPoint(
                      SAMPLERS.get(s),
                      new Estimate(cost * 0.85, cost, cost * 1.2),
                      around(p, 0.06)))));
    }
    return new Plot(
        "Frontier of success and cost",
        "Each sampler stands at its cost and success; bars are 95% intervals.",
        new Chart.Scatter(
            Axis.linear("Cost", "tokens per prompt")
                .on(Axis.Scale.LOG10)
                .printed(NumberStyle.integer()),
            SUCCESS,
            clouds));
  }

  private static Plot bars() {
    List<Estimate> success = new ArrayList<>();
    List<Estimate> distinct = new ArrayList<>();
    for (int s = 0; s < SAMPLERS.size(); s++) {
      success.add(around(0.15 + 0.18 * s, 0.05));
      distinct.add(s == 2 ? Estimate.exactly(Double.NaN) : around(0.9 - 0.05 * s, 0.02));
    }
    return new Plot(
        "Success and diversity",
        "Success rises and diversity falls a little from the first sampler to the last.",
        new Chart.Bars(
            "Sampler",
            SAMPLERS,
            Axis.linear("Share", "").printed(NumberStyle.fixed(2)),
            List.of(
                new Chart.BarSeries("success", success),
                new Chart.BarSeries("distinct-2", distinct))));
  }

  /** Begins with a column of numbers and is wider than the page. */
  private static Table wideTable() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column.Numeral("H", "tokens", NumberStyle.integer()));
    for (int level = 2; level <= 1 << 12; level *= 2) {
      columns.add(new Column.Numeral("Coverage at " + level, "", NumberStyle.significant(3)));
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (int horizon : new int[] {10, 128, 32, 9}) {
      List<Cell> row = new ArrayList<>(List.of(Cell.of((double) horizon)));
      for (int i = 1; i < columns.size(); i++) {
        row.add(Cell.of(horizon == 32 ? Double.NaN : 1.0 / (horizon * i)));
      }
      rows.add(row);
    }
    return new Table("Coverage by horizon, many columns", columns, rows);
  }

  private static Table table() {
    List<List<Cell>> rows = new ArrayList<>();
    for (int s = 0; s < SAMPLERS.size(); s++) {
      rows.add(
          List.of(
              Cell.of(SAMPLERS.get(s)),
              Cell.of(DISTRIBUTIONS.get(s % 3).wireName()),
              Cell.of(around(0.15 + 0.18 * s, 0.05)),
              Cell.of(Math.pow(10, -2.0 * s)),
              Cell.of(1000.0 * s * s)));
    }
    for (String text : HOSTILE) {
      rows.add(
          List.of(
              Cell.of(text),
              Cell.of("none"),
              Cell.of(Estimate.exactly(Double.NaN)),
              Cell.of(Double.NEGATIVE_INFINITY),
              Cell.of(Double.NaN)));
    }
    return new Table(
        "Samplers by success at equal cost, with names that try to break out",
        List.of(
            new Column.Text("Sampler"),
            new Column.Text("Target distribution"),
            new Column.Interval("Success", "", NumberStyle.fixed(3)),
            new Column.Numeral("Total variation", "", NumberStyle.significant(2)),
            new Column.Numeral("Discarded", "tokens", NumberStyle.integer())),
        rows);
  }

  private static Plot profile() {
    List<Chart.Line> lines = new ArrayList<>();
    for (int model = 0; model < 3; model++) {
      List<Chart.LinePoint> points = new ArrayList<>();
      for (int k = 0; k <= 24; k++) {
        double coverage = Math.exp(-0.35 * k / (1 + 0.4 * model));
        double width = coverage * (0.1 + 0.05 * k);
        points.add(
            new Chart.LinePoint(
                Math.pow(10, k / 4.0),
                new Estimate(coverage - width, coverage, Math.min(1, coverage + width))));
      }
      lines.add(new Chart.Line("checkpoint " + (model + 1) + "000", false, points));
    }
    return new Plot(
        "Coverage profile",
        "The share of examples that a checkpoint underrates by a factor N or more falls with N,"
            + " fastest for the first.",
        new Chart.Lines(
            Axis.linear("N", "").on(Axis.Scale.LOG10),
            Axis.linear("Cov(N)", "share of examples").on(Axis.Scale.LOG10),
            lines));
  }

  private static Plot matrix() {
    List<String> names = new ArrayList<>();
    List<List<Double>> values = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      names.add(i == 5 ? HOSTILE.getFirst() : "ckpt " + (i + 1) + "000");
      List<Double> row = new ArrayList<>();
      for (int j = 0; j < 6; j++) {
        row.add(i == j ? Double.NaN : Math.abs(Math.sin(1.7 * i + 0.9 * j)) / (1 + i));
      }
      values.add(row);
    }
    return new Plot(
        "Tournament",
        "Row against column: the share of examples on which the column's checkpoint is at least"
            + " 16 times as likely.",
        new Chart.HeatMap(
            "Against",
            names,
            "Checkpoint",
            names,
            new Chart.Cells(
                Axis.linear("Cov(16)", "share of examples").printed(NumberStyle.fixed(2)),
                values)));
  }

  private static SampleList samples() {
    List<SampleRow> rows = new ArrayList<>();
    List<String> texts = new ArrayList<>(HOSTILE);
    texts.add(" a ship sails in from an island far to the north, and nobody aboard".repeat(4));
    texts.add("");
    for (int i = 0; i < texts.size(); i++) {
      double reward = i % 4 == 3 ? Double.NaN : (i + 1) % 3;
      rows.add(
          new SampleRow(
              "prompt-" + i % PROMPTS,
              new TokenText("Once upon " + texts.get(i % PROMPTS), List.of()),
              new TokenText(texts.get(i), List.of()),
              new SampleScore(-12.5 * i, List.of(), reward, Math.exp(-i)),
              new SampleOrigin(
                  "vgb", TargetDistribution.EXACT_IN_THE_LIMIT, new TreeMap<>(), 7, "stop"),
              new SampleUsage(4, 20, 100, 80, 33),
              5L));
    }
    return new SampleList("Some of the completions, by prompt.", rows);
  }

  private static Estimate around(double value, double half) {
    return new Estimate(Math.max(0, value - half), value, Math.min(1, value + half));
  }
}
