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
            + " brackets of two kinds, depth at most "
            + plan.grammar().language().maxDepth()
            + ", of which 4 in 5 are square. The beginning "
            + plan.prompt()
            + " is as deep as strings get and mostly of the rare kind. "
            + result.tree().size()
            + " completions balance it; the model makes one with probability "
            + NumberStyle.significant(3).format(result.tree().successProbability())
            + ". The value is a perceptron trained on "
            + plan.rollouts()
            + " rollouts behind this beginning, of which "
            + result.values().passed()
            + " pass; leaves are judged by the verifier.",
        "Accuracy is the share of the responses a sampler ends that are valid; a response that comes"
            + " to a dead end, or of which no candidate passes, counts as one that is not. Samplers"
            + " that come back hand over valid responses only. Distinct is the number of different"
            + " valid responses of a run. All use the same model tokens on average; a point"
            + " dominates another if it is better in one, by "
            + (int) Frontier.TELLING
            + " standard errors of the difference, and not worse by as much in the other. As samplers"
            + " that come back are accurate by construction, the verdict also asks what is left when"
            + " the verifier withholds the invalid responses of a baseline too, so that all are: none"
            + " may have more distinct valid ones by as many standard errors. Block samplers that meet"
            + " nothing new stop after many steps, short of the tokens.",
        "The error is the l1 distance between distribution and target over groups of completions of about"
            + " equal probability, sorted by how much action-level sampling overrates them, so that"
            + " its own error, which is computed, is that over single completions. The others' is"
            + " measured without the bias of noise, and may fall below zero. "
            + plan.repeats()
            + " runs of each sampler; intervals are two standard errors. Lengths of blocks "
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
        "Every point is a sampler with parameters: candidates, of the length of blocks.",
        new Chart.Scatter(
            Axis.linear("accuracy", "").printed(TWO),
            Axis.linear("distinct valid responses", "").printed(ONE),
            clouds));
  }

  /** In its family a block sampler goes by its numbers. */
  private static String label(Entrant entrant) {
    String family = entrant.family() + ", ";
    return entrant.label().startsWith(family)
        ? entrant.label().substring(family.length())
        : entrant.label();
  }

  private static Table frontierTable(Frontier frontier) {
    Point auto = frontier.auto();
    return Table.of("Every sampler against auto", frontier.points())
        .text("sampler", point -> point.entrant().label())
        .interval("accuracy ± 2 se", TWO, point -> point.accuracy().estimate())
        .interval("distinct ± 2 se", ONE, point -> point.distinct().estimate())
        .interval(
            "auto's accuracy less this",
            TWO,
            point ->
                point.equals(auto) ? Estimate.UNKNOWN : frontier.accuracyOver(point).estimate())
        .interval(
            "auto's distinct less this",
            ONE,
            point ->
                point.equals(auto) ? Estimate.UNKNOWN : frontier.distinctOver(point).estimate())
        .text("who dominates", point -> who(point, auto))
        .build();
  }

  private static Table distributionTable(Frontier frontier) {
    return Table.of(
            "The same runs: their distributions, the size of their samples by their own account, and their"
                + " cost",
            frontier.points())
        .text("sampler", point -> point.entrant().label())
        .interval("l1 from the target ± 2 se", THREE, point -> estimate(point.l1()))
        .interval("effective draws ± 2 se", ONE, point -> point.effective().estimate())
        .whole("model tokens", Point::modelTokens)
        .build();
  }

  private static String who(Point point, Point auto) {
    if (Frontier.dominates(point, auto)) {
      return "this one";
    }
    if (point.equals(auto)) {
      return "";
    }
    return Frontier.dominates(auto, point) ? "auto" : "neither";
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
