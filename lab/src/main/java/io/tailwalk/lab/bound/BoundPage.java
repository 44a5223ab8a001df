package io.tailwalk.lab.bound;

import io.tailwalk.lab.Plots;
import io.tailwalk.lab.Verdict;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import java.util.Arrays;
import java.util.List;

/** The figures of the experiment as a page. */
final class BoundPage {
  private static final NumberStyle THREE = NumberStyle.fixed(3);

  private BoundPage() {}

  static List<Section> sections(Verdict verdict, int problems, Tally random, BestOfNCurve curve) {
    return List.of(
        new Section("Verdict", List.of(new Prose(verdict.summary()), new Prose(how(problems)))),
        Section.of("Every bound", table(random), tightness(random)),
        Section.of("Best-of-N between its bounds", plot(curve)));
  }

  private static List<String> how(int problems) {
    return List.of(
        problems
            + " random problems: 2 to 4 tokens, up to 9 steps, two prompts, random features of the"
            + " position or of the previous token, a data distribution, a model near it or far from"
            + " it (one in three trains while it decodes, one in four is opposed to the data), and"
            + " a"
            + " third distribution for the chain rule. Every response is enumerated, so both sides"
            + " of each inequality are exact.",
        "A bound is informative if it does not hold trivially: the left side is above 0, and a"
            + " bound"
            + " from above is below 1. The ratio of the sides is 1 if the bound is reached."
            + " Best-of-N is evaluated on the worst 0/1 rewards that reward responses in descending"
            + " order of pi/q.");
  }

  private static Table table(Tally tally) {
    return Table.of("Bounds on random problems, left over right side", List.of(Bound.values()))
        .text("bound", Bound::label)
        .text("statement", Bound::statement)
        .whole("checks", bound -> tally.count(bound).checks())
        .whole("violated", bound -> tally.count(bound).violations())
        .whole("informative", bound -> tally.count(bound).ratios().length)
        .number("median ratio", THREE, bound -> quantile(tally, bound, 0.5))
        .number("95%", THREE, bound -> quantile(tally, bound, 0.95))
        .number("largest", THREE, bound -> quantile(tally, bound, 1))
        .build();
  }

  private static double quantile(Tally tally, Bound bound, double level) {
    return BoundFigures.quantile(tally.count(bound).ratios(), level);
  }

  private static Plot tightness(Tally tally) {
    return new Plot(
        "Tightness of each bound",
        "Left over right side in informative checks; 1 means reached, above 1 would mean violated.",
        new Chart.Bars(
            "bound",
            Arrays.stream(Bound.values()).map(Bound::label).toList(),
            Axis.linear("left over right", ""),
            List.of(series("largest", tally, 1), series("median", tally, 0.5))));
  }

  private static Chart.BarSeries series(String name, Tally tally, double level) {
    return new Chart.BarSeries(
        name,
        Arrays.stream(Bound.values())
            .map(bound -> Estimate.exactly(quantile(tally, bound, level)))
            .toList());
  }

  private static Plot plot(BestOfNCurve curve) {
    return new Plot(
        "Loss of the best of N draws against one draw from the data distribution",
        "One of the problems, "
            + curve.name()
            + ": the loss on the worst reward lies between half of Cov_2N and min over M of Cov_M +"
            + " exp(-N/M).",
        new Chart.Lines(
            Axis.linear("N", "draws").on(Axis.Scale.LOG2).printed(NumberStyle.integer()),
            Axis.linear("loss of success", ""),
            List.of(
                Plots.reference("from above, D.6", curve.draws(), curve.above()),
                Plots.line("loss", curve.draws(), curve.loss()),
                Plots.reference("from below, D.7", curve.draws(), curve.below()))));
  }
}
