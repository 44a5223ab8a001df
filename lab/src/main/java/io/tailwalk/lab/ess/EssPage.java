package io.tailwalk.lab.ess;

import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The figures of the experiment as a page. */
final class EssPage {
  private static final NumberStyle TWO = NumberStyle.fixed(2);
  private static final NumberStyle THREE = NumberStyle.fixed(3);

  private EssPage() {}

  static List<Section> sections(
      EssSettings settings, List<CellResult> results, EssVerdict verdict) {
    return List.of(
        new Section(
            "Verdict", List.of(new Prose(verdict.summary()), new Prose(List.of(how(settings))))),
        Section.of("Error at equal nodes", errors(results), plot(results)),
        Section.of("Comparison with VGB and the nearest rival", comparison(results)));
  }

  private static String how(EssSettings settings) {
    return settings.repeats()
        + " runs of each sampler in each cell, "
        + DyckCell.NODES_PER_TOKEN
        + " nodes per bracket of the length. Samplers finish the work they have started, so each"
        + " sampler runs with the budget at which its mean use, measured in separate runs, equals"
        + " this number; a remaining difference is corrected by the square root of used over wanted"
        + " nodes. A node counts when its children are made or the model is evaluated on it. A run"
        + " without a completion counts as an error of one standard deviation of the target. VGB is"
        + " represented by the best of its forms in each cell: every leaf of one long chain,"
        + " complete tours, or a fixed time of 2 H² lazy steps; one walk with unchanged values.";
  }

  private static Table errors(List<CellResult> results) {
    List<Contender> contenders =
        results.getFirst().all().stream().map(Measurement::contender).toList();
    return Table.of("Root mean squared error in standard deviations of the target", results)
        .text("cell", result -> result.cell().name())
        .each(
            IntStream.range(0, contenders.size()).boxed().toList(),
            (table, i) ->
                table.number(
                    contenders.get(i).label()
                        + (contenders.get(i).isConsistent() ? "" : " (biased)"),
                    THREE,
                    result -> result.all().get(i).rmse()))
        .build();
  }

  private static Table comparison(List<CellResult> results) {
    return Table.of("Nodes for the same error, and error at the same nodes", results)
        .text("cell", result -> result.cell().name())
        .text("best form of VGB", result -> result.vgb().contender().label())
        .number("VGB's error", THREE, result -> result.vgb().rmse())
        .text("factor of nodes saved by auto", result -> speedup(result.speedup()))
        .text("nearest rival", result -> result.rival().orElseThrow().contender().label())
        .number(
            "auto's error over the rival's",
            TWO,
            result -> result.auto().ratioTo(result.rival().orElseThrow()))
        .number(
            "± standard error",
            TWO,
            result -> result.auto().ratioStandardError(result.rival().orElseThrow()))
        .build();
  }

  private static String speedup(Speedup speedup) {
    String factor = NumberStyle.fixed(1).format(speedup.factor()) + " times";
    return switch (speedup.bound()) {
      case EQUAL -> factor;
      case AT_LEAST -> "at least " + factor;
      case BELOW -> "less than " + factor;
    };
  }

  private static Plot plot(List<CellResult> results) {
    List<Chart.Cloud> clouds = new ArrayList<>();
    for (int i = 0; i < results.getFirst().all().size(); i++) {
      List<Chart.LabelledPoint> points = new ArrayList<>();
      for (int cell = 0; cell < results.size(); cell++) {
        Measurement measured = results.get(cell).all().get(i);
        double twice = 2 * measured.rmseStandardError();
        double rmse = measured.rmse();
        points.add(
            new Chart.LabelledPoint(
                results.get(cell).cell().name(),
                Estimate.exactly(cell + 1),
                new Estimate(Math.max(rmse / 10, rmse - twice), rmse, rmse + twice)));
      }
      clouds.add(new Chart.Cloud(results.getFirst().all().get(i).contender().label(), points));
    }
    return new Plot(
        "Error of each sampler, cell by cell",
        "Points are root mean squared errors, bars are two standard errors; lower is better.",
        new Chart.Scatter(
            Axis.linear("cell, in the order of the table", "").printed(NumberStyle.integer()),
            Axis.linear("error", "target standard deviations").on(Axis.Scale.LOG10),
            clouds));
  }
}
