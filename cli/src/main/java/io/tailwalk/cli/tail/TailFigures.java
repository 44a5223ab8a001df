package io.tailwalk.cli.tail;

import io.tailwalk.cli.generate.PromptSummary;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Cell;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Column;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.tables.Doubles;
import io.tailwalk.tables.RunRecord;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The figures of {@code tail}.
 *
 * @param prompts one by one
 * @param curve pass@k
 */
record TailFigures(List<TailPrompt> prompts, List<TailCurve> curve) {
  static final String INTERVALS =
      "Intervals of single prompts are 95% intervals of their success probability. The ends of the mean and"
          + " of the curve are the means of those ends: they hold the truth whenever every prompt's"
          + " interval does, and are wider than a 95% interval of the mean needs to be.";

  private static final NumberStyle STYLE = NumberStyle.significant(3);

  TailFigures(List<TailPrompt> prompts) {
    this(List.copyOf(prompts), TailCurve.of(prompts));
  }

  /** Mean success probability over prompts: the model's pass@1. */
  Estimate overall() {
    return curve.getFirst().predicted();
  }

  ObjectNode json(RunRecord run) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("success_probability_mean", interval(overall()));
    json.put("intervals", INTERVALS);
    ArrayNode each = json.putArray("prompts");
    for (TailPrompt prompt : prompts) {
      ObjectNode one = each.addObject();
      one.put("id", prompt.id());
      one.set("success_probability", PromptSummary.estimate(prompt.together()));
      one.putObject("measured").put("drawn", prompt.drawn()).put("passed", prompt.passed());
      one.set("cost", PromptSummary.cost(prompt.result().sampling().cost()));
    }
    ArrayNode points = json.putArray("pass_at_k");
    for (TailCurve point : curve) {
      ObjectNode one = points.addObject();
      one.put("k", point.k());
      one.set("predicted", interval(point.predicted()));
      one.set("measured", Doubles.json(point.measured()));
    }
    json.set("run", run.json());
    return json;
  }

  private static ObjectNode interval(Estimate estimate) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("value", Doubles.json(estimate.value()));
    json.set("low", Doubles.json(estimate.low()));
    json.set("high", Doubles.json(estimate.high()));
    return json;
  }

  Table promptTable() {
    List<List<Cell>> rows = new ArrayList<>();
    for (TailPrompt prompt : prompts) {
      rows.add(
          List.of(
              Cell.of(prompt.id()),
              Cell.of(Estimate.of(prompt.together())),
              Cell.of(prompt.passed() + " of " + prompt.drawn())));
    }
    rows.add(List.of(Cell.of("mean"), Cell.of(overall()), Cell.of("")));
    List<Column> columns =
        List.of(
            new Column.Text("prompt"),
            new Column.Interval("success probability", "", STYLE),
            new Column.Text("plain draws that passed"));
    return new Table("Probability that the model's own completion passes", columns, rows);
  }

  Table curveTable() {
    List<List<Cell>> rows = new ArrayList<>();
    for (TailCurve point : curve) {
      rows.add(
          List.of(
              Cell.of((double) point.k()), Cell.of(point.predicted()), Cell.of(point.measured())));
    }
    List<Column> columns =
        List.of(
            new Column.Numeral("k", "", NumberStyle.integer()),
            new Column.Interval("predicted pass@k", "", STYLE),
            new Column.Numeral("measured", "", STYLE));
    return new Table("Pass@k, mean over prompts", columns, rows);
  }

  ReportPage page(String subtitle, RunRecord run) {
    return new ReportPage(
        "How far in the tail passing lies",
        subtitle,
        List.of(
            Section.of("Success probability", promptTable(), Prose.of(INTERVALS)),
            Section.of("Pass@k", plot(), curveTable())),
        run);
  }

  private Plot plot() {
    List<Chart.LinePoint> predicted =
        curve.stream().map(p -> new Chart.LinePoint(p.k(), p.predicted())).toList();
    List<Chart.LinePoint> measured =
        curve.stream()
            .filter(p -> !Double.isNaN(p.measured()))
            .map(p -> new Chart.LinePoint(p.k(), Estimate.exactly(p.measured())))
            .toList();
    List<Chart.Line> lines =
        new ArrayList<>(List.of(new Chart.Line("predicted", false, predicted)));
    if (!measured.isEmpty()) {
      lines.add(new Chart.Line("measured", true, measured));
    }
    return new Plot(
        "Pass@k predicted from the success probability, and measured where draws allow",
        "The curve rises from the mean success probability at k = 1; its band carries the ends of the"
            + " prompts' intervals.",
        new Chart.Lines(
            Axis.linear("k", "completions").on(Axis.Scale.LOG10),
            Axis.linear("pass@k", ""),
            lines));
  }
}
