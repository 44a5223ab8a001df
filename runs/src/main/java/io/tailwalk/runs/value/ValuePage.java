package io.tailwalk.runs.value;

import io.tailwalk.records.RunRecord;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.KeyFigures;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Printable;
import io.tailwalk.report.Prose;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Section;
import io.tailwalk.values.Assessment.Bin;
import io.tailwalk.values.Assessment.Depth;
import java.util.ArrayList;
import java.util.List;

/**
 * The report of a learned value.
 *
 * @param figures the figures of the value
 */
record ValuePage(ValueFigures figures) {
  ReportPage page(String subtitle, RunRecord run) {
    List<KeyFigures.Figure> keys = new ArrayList<>();
    keys.add(
        new KeyFigures.Figure(
            "cross-entropy below the baseline's",
            figures.gain(),
            "nats",
            ValueFigures.STYLE,
            "held out; above zero, the value knows more than the depth"));
    figures
        .pilot()
        .map(PilotFigures::ratio)
        .filter(ratio -> Double.isFinite(ratio.value()))
        .ifPresent(ratio ->
            keys.add(
                new KeyFigures.Figure(
                    "effective sample size with the value, over that without",
                    Estimate.of(ratio.value(), ratio.interval()),
                    "",
                    ValueFigures.STYLE,
                    "pilot, at equal model tokens")));
    keys.add(
        new KeyFigures.Figure(
            "rollouts that pass",
            Estimate.exactly(figures.passed()),
            "",
            ValueFigures.STYLE,
            "of all"));
    keys.add(
        new KeyFigures.Figure(
            "held-out rollouts",
            Estimate.exactly(figures.study().judged()),
            "",
            NumberStyle.integer(),
            ""));
    String findings =
        String.join(" ", figures.findings().stream().map(Printable::sentence).toList());
    return new ReportPage(
        "A value learned from rollouts",
        subtitle,
        List.of(
            Section.of(
                "Held-out error",
                new KeyFigures(keys),
                figures.errorTable(),
                Prose.of(ValueFigures.UNITS + " " + findings)),
            Section.of("Calibration", calibrationPlot(), figures.calibrationTable()),
            Section.of(
                "By depth", depthPlot(), figures.depthTable(), Prose.of(ValueFigures.DEPTHS)),
            Section.of("Fitting", fitPlot())),
        run);
  }

  private Plot calibrationPlot() {
    List<Bin> bins = figures.quality().calibration();
    List<Chart.LinePoint> points =
        bins.stream()
            .map(bin -> new Chart.LinePoint(bin.predicted(), ValueFigures.observed(bin)))
            .toList();
    double most = bins.stream().mapToDouble(Bin::predicted).max().orElse(1);
    List<Chart.LinePoint> ideal =
        List.of(
            new Chart.LinePoint(0, Estimate.exactly(0)),
            new Chart.LinePoint(most, Estimate.exactly(most)));
    return new Plot(
        "Mean reward of held-out prefixes against their value",
        "A value that is correct on average in every bin is on the dashed line; above the line the"
            + " value is too small, below it too large.",
        new Chart.Lines(
            Axis.linear("mean value", ""),
            Axis.linear("mean reward", ""),
            List.of(
                new Chart.Line("held-out prefixes", false, points),
                new Chart.Line("reward = value", true, ideal))));
  }

  private Plot depthPlot() {
    List<Chart.LinePoint> reward = new ArrayList<>();
    List<Chart.LinePoint> value = new ArrayList<>();
    for (Depth depth : figures.quality().depths()) {
      reward.add(new Chart.LinePoint(depth.tokens(), ValueFigures.observed(depth.all())));
      value.add(new Chart.LinePoint(depth.tokens(), Estimate.exactly(depth.all().predicted())));
    }
    return new Plot(
        "Mean value and mean reward by number of tokens",
        "At depths at which the dashed curve is outside the band, the value is wrong on average.",
        new Chart.Lines(
            Axis.linear("prefix length", "tokens").printed(NumberStyle.integer()),
            Axis.linear("mean", ""),
            List.of(
                new Chart.Line("reward", false, reward), new Chart.Line("value", true, value))));
  }

  private Plot fitPlot() {
    return new Plot(
        "Cross-entropy by epoch",
        figures.study().fitted().bestEpoch() < 0
            ? "No epoch was better than the baseline on the rollouts that choose the epoch, so the"
                + " value is the baseline."
            : "The parameters of epoch "
                + (figures.study().fitted().bestEpoch() + 1)
                + " were kept; it has the lowest cross-entropy on the rollouts that choose the"
                + " epoch.",
        new Chart.Lines(
            Axis.linear("epoch", "").printed(NumberStyle.integer()),
            Axis.linear("cross-entropy", "nats"),
            List.of(
                new Chart.Line("fitted", false, losses(figures.study().fitted().trainLoss())),
                new Chart.Line(
                    "choosing the epoch", true, losses(figures.study().fitted().heldOutLoss())))));
  }

  private static List<Chart.LinePoint> losses(List<Double> losses) {
    List<Chart.LinePoint> points = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      points.add(new Chart.LinePoint(i + 1, Estimate.exactly(losses.get(i))));
    }
    return points;
  }
}
