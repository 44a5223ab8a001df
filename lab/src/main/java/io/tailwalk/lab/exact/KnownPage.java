package io.tailwalk.lab.exact;

import io.tailwalk.lab.Measured;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Table;
import io.tailwalk.report.TableBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Problems with known distributions as tables and plots. */
final class KnownPage {
  /** The accepted Monte Carlo error, in words. */
  static final String ALLOWED =
      "Student's quantile for all figures at once, which some figure exceeds in "
          + Math.round(100 * KnownStudy.FALSE_ALARM)
          + " of 100 seeds if all samplers are correct";

  private static final NumberStyle THREE = NumberStyle.fixed(3);

  private KnownPage() {}

  /** Distance and cost of every sampler on every problem. */
  static Table distances(List<KnownResult> results) {
    return table("Distance to the target, measured and computed", results)
        .interval("total variation ± 2 se", THREE, result -> result.distance().estimate())
        .number("computed", THREE, KnownResult::expectedDistance)
        .whole("steps of a run", KnownResult::steps)
        .whole("nodes", KnownResult::nodes)
        .build();
  }

  /** Regret of every sampler on every problem. */
  static Table regrets(List<KnownResult> results) {
    return table("Mean reward below the target's, measured and computed", results)
        .interval("regret ± 2 se", THREE, result -> result.regret().estimate())
        .number("computed", THREE, KnownResult::expectedRegret)
        .build();
  }

  private static TableBuilder<KnownResult> table(String caption, List<KnownResult> results) {
    return Table.of(caption, results)
        .text("problem", result -> result.known().name())
        .text("sampler", result -> result.entrant().label());
  }

  /** Total variation against the length. */
  static Plot distance(String title, List<KnownResult> results) {
    return plot(
        title,
        "total variation to the target",
        results,
        KnownResult::distance,
        known -> known.actionDistance());
  }

  /** Regret against the length. */
  static Plot regret(String title, List<KnownResult> results) {
    return plot(
        title,
        "mean reward below the target's",
        results,
        KnownResult::regret,
        known -> known.actionRegret());
  }

  private static Plot plot(
      String title,
      String quantity,
      List<KnownResult> results,
      Function<KnownResult, Measured> of,
      ToDoubleFunction<KnownCase> computed) {
    Map<String, List<Chart.LinePoint>> series = new LinkedHashMap<>();
    List<Chart.LinePoint> reference = new ArrayList<>();
    for (KnownResult result : results) {
      series
          .computeIfAbsent(result.entrant().label(), _ -> new ArrayList<>())
          .add(new Chart.LinePoint(result.known().length(), of.apply(result).estimate()));
      if (result.entrant().biased()) {
        reference.add(
            new Chart.LinePoint(
                result.known().length(), Estimate.exactly(computed.applyAsDouble(result.known()))));
      }
    }
    List<Chart.Line> lines = new ArrayList<>();
    lines.add(new Chart.Line(Entrant.ACTION_LEVEL + ", computed", true, reference));
    series.forEach((name, points) -> lines.add(new Chart.Line(name, false, points)));
    return new Plot(
        title,
        "Bands are two standard errors. The curves of samplers that correct errors lie at zero.",
        new Chart.Lines(
            Axis.linear("H", "letters").printed(NumberStyle.integer()),
            Axis.linear(quantity, "").printed(THREE),
            lines));
  }
}
