package io.tailwalk.lab.dyck;

import io.tailwalk.lab.Measured;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of the experiment as a page. */
final class DyckPage {
  private static final NumberStyle ONE = NumberStyle.fixed(1);
  private static final NumberStyle TWO = NumberStyle.fixed(2);
  private static final NumberStyle THREE = NumberStyle.fixed(3);

  private DyckPage() {}

  static List<Section> sections(DyckResult result, DyckVerdict verdict) {
    return List.of(
        Section.of("Verdict", new Prose(verdict.summary()), new Prose(how(result))),
        Section.of(
            "Accuracy and diversity at equal model tokens",
            frontierPlot(result.frontier()),
            frontierTable(result.frontier()),
            distributionTable(result.frontier())),
        Section.of("Error against the epochs of the value", epochPlot(result), epochTable(result)));
  }

  private static List<String> how(DyckResult result) {
    DyckPlan plan = result.plan();
    return List.of(
        "A transformer ("
            + plan.shape().layers()
            + " layers of width "
            + plan.shape().embedding()
            + ") was trained on balanced strings of "
            + plan.grammar().language().length()
            + " brackets of two kinds with depth at most "
            + plan.grammar().language().maxDepth()
            + "; 4 in 5 brackets are square. The beginning "
            + plan.prompt()
            + " has the largest depth and consists mostly of the rare kind. "
            + result.tree().size()
            + " completions balance it; the model generates one of them with probability "
            + NumberStyle.significant(3).format(result.tree().successProbability())
            + ". The value is a perceptron. It is trained on "
            + result.values().prefixes()
            + " prefixes from "
            + plan.rollouts()
            + " rollouts that keep to prefixes which some response completes; their labels are"
            + " importance weights, whose mean is the probability that the model completes the"
            + " prefix. "
            + result.values().completable()
            + " of the prefixes can be completed, the others have the label 0. The value is never"
            + " zero, and the verifier judges complete responses.",
        "Accuracy is the share of a sampler's returned responses that are valid; a response that"
            + " reaches a dead end, or of which no candidate passes, counts as invalid. Samplers"
            + " that backtrack return valid responses only. Distinct is the number of distinct"
            + " valid responses of a run. All samplers use the same number of model tokens on"
            + " average. A point dominates another if it is better in one quantity by "
            + (int) Frontier.TELLING
            + " standard errors of the difference, and not worse by as much in the other. VGB"
            + " escapes the frontier if no baseline dominates it, if it dominates a baseline that"
            + " no other baseline dominates or is more accurate than all of them, and if it has"
            + " more distinct valid responses than best-of-n with any n. Block samplers that find"
            + " no new responses stop after many steps, before they have used all tokens.",
        "The error is the l1 distance between distribution and target over groups of completions of"
            + " about equal probability, sorted by how much action-level sampling overrates them,"
            + " so"
            + " that the exact error of action-level sampling equals that over single completions."
            + " The error of the other samplers is measured without the bias of noise and may be"
            + " below zero. "
            + plan.repeats()
            + " runs of each sampler; intervals are two standard errors. Block lengths "
            + plan.grid().lengths()
            + ", candidates "
            + plan.grid().candidates()
            + ".");
  }

  private static Plot frontierPlot(Frontier frontier) {
    Map<String, List<Chart.LabelledPoint>> families = new LinkedHashMap<>();
    for (Point point : frontier.points()) {
      families
          .computeIfAbsent(point.entrant().family(), _ -> new ArrayList<>())
          .add(
              new Chart.LabelledPoint(
                  label(point.entrant()),
                  point.accuracy().estimate(),
                  point.distinct().estimate()));
    }
    List<Chart.Cloud> clouds = new ArrayList<>();
    families.forEach((name, points) -> clouds.add(new Chart.Cloud(name, points)));
    return new Plot(
        "Distinct valid responses against accuracy",
        "Every point is a sampler with parameters; labels of block samplers give the number of"
            + " candidates and the block length.",
        new Chart.Scatter(
            Axis.linear("accuracy", "").printed(TWO),
            Axis.linear("distinct valid responses", "").printed(ONE),
            clouds));
  }

  /** The label within a family; that of a block sampler consists of its parameters. */
  private static String label(Entrant entrant) {
    String family = entrant.family() + ", ";
    return entrant.label().startsWith(family)
        ? entrant.label().substring(family.length())
        : entrant.label();
  }

  private static Table frontierTable(Frontier frontier) {
    Point vgb = frontier.of(Entrant.VGB);
    return Table.of("Comparison of every sampler with VGB", frontier.points())
        .text("sampler", point -> point.entrant().label())
        .interval("accuracy ± 2 se", TWO, point -> point.accuracy().estimate())
        .interval("distinct ± 2 se", ONE, point -> point.distinct().estimate())
        .interval(
            "VGB's accuracy minus this",
            TWO,
            point ->
                point.equals(vgb) ? Estimate.UNKNOWN : Frontier.accuracyOver(vgb, point).estimate())
        .interval(
            "VGB's distinct minus this",
            ONE,
            point ->
                point.equals(vgb) ? Estimate.UNKNOWN : Frontier.distinctOver(vgb, point).estimate())
        .text("dominant", point -> who(point, vgb))
        .text("on the baselines' frontier", point -> frontier.front().contains(point) ? "yes" : "")
        .build();
  }

  private static Table distributionTable(Frontier frontier) {
    return Table.of(
            "Distributions, effective draws as reported by the samplers, and cost of the same runs",
            frontier.points())
        .text("sampler", point -> point.entrant().label())
        .interval("l1 from the target ± 2 se", THREE, point -> estimate(point.l1()))
        .interval("effective draws ± 2 se", ONE, point -> point.effective().estimate())
        .whole("model tokens", Point::modelTokens)
        .build();
  }

  private static String who(Point point, Point vgb) {
    if (Frontier.dominates(point, vgb)) {
      return "this sampler";
    }
    if (point.equals(vgb)) {
      return "";
    }
    return Frontier.dominates(vgb, point) ? "VGB" : "neither";
  }

  private static Estimate estimate(Measured measured) {
    return Double.isNaN(measured.value()) ? Estimate.UNKNOWN : measured.estimate();
  }

  private static Plot epochPlot(DyckResult result) {
    List<Chart.Line> lines = new ArrayList<>();
    lines.add(
        new Chart.Line(
            Entrant.ACTION_LEVEL + ", computed",
            true,
            result.rows().stream()
                .map(row -> new Chart.LinePoint(row.epoch(), Estimate.exactly(row.actionL1())))
                .toList()));
    for (Point first : result.rows().getFirst().points()) {
      String label = first.entrant().label();
      lines.add(
          new Chart.Line(
              label,
              false,
              result.rows().stream()
                  .map(row -> new Chart.LinePoint(row.epoch(), estimate(row.of(label).l1())))
                  .toList()));
    }
    return new Plot(
        "Distance from the target against epochs of the value",
        "Bands are two standard errors.",
        new Chart.Lines(
            Axis.linear("epochs", "").printed(NumberStyle.integer()),
            Axis.linear("l1 distance", "").printed(THREE),
            lines));
  }

  private static Table epochTable(DyckResult result) {
    record Row(EpochRow epoch, Point point) {
      double ifComputed(double value) {
        return point.entrant().label().equals(Entrant.ACTION_LEVEL) ? value : Double.NaN;
      }
    }
    List<Row> rows = new ArrayList<>();
    for (EpochRow epoch : result.rows()) {
      epoch.points().forEach(point -> rows.add(new Row(epoch, point)));
    }
    Point outcome = result.outcomeLevel();
    return Table.of(
            String.format(
                Locale.ROOT,
                "Outcome-level rejection accepts %.1f responses in %.0f model tokens, without a"
                    + " value",
                outcome.effective().value(),
                outcome.modelTokens()),
            rows)
        .whole("epochs", row -> row.epoch().epoch())
        .number("held-out loss", "nats", NumberStyle.fixed(4), row -> row.epoch().heldOutLoss())
        .text("sampler", row -> row.point().entrant().label())
        .interval("l1 ± 2 se", THREE, row -> estimate(row.point().l1()))
        .number("computed", THREE, row -> row.ifComputed(row.epoch().actionL1()))
        .number("accuracy", THREE, row -> row.point().accuracy().value())
        .number("computed", THREE, row -> row.ifComputed(row.epoch().actionAlive()))
        .number("effective draws", ONE, row -> row.point().effective().value())
        .whole("model tokens", row -> row.point().modelTokens())
        .build();
  }
}
