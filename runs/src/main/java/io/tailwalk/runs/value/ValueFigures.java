package io.tailwalk.runs.value;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.records.Json;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.KeyFigures;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.report.TableBuilder;
import io.tailwalk.values.Assessment;
import io.tailwalk.values.Assessment.Bin;
import io.tailwalk.values.Assessment.Depth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * The figures of a learned value.
 *
 * @param study the value and its quality
 * @param passed share of all rollouts with a tilt above zero
 */
public record ValueFigures(ValueStudy study, double passed) {
  static final String UNITS =
      "Values and rewards are divided by the largest reward among the rollouts. All figures are"
          + " computed on rollouts used neither for fitting nor for choosing the epoch; the"
          + " baseline knows the number of tokens and nothing else. Intervals are at 95% and treat"
          + " the prefixes of one rollout as dependent.";
  static final String DEPTHS =
      "Ratio is the mean value divided by the mean reward at that depth: estimated success over"
          + " observed success. Over and under show by how much the value is too large or too"
          + " small, averaged over up to ten bins of prefixes of similar value; the noise of small"
          + " bins counts in both.";

  private static final NumberStyle STYLE = NumberStyle.significant(3);
  private static final double NORMAL = 1.959964;

  private Assessment quality() {
    return study.assessment();
  }

  private Estimate gain() {
    double error = NORMAL * quality().gainError();
    return new Estimate(quality().gain() - error, quality().gain(), quality().gain() + error);
  }

  private static Estimate observed(Bin bin) {
    return new Estimate(
        Math.min(bin.low(), bin.observed()), bin.observed(), Math.max(bin.high(), bin.observed()));
  }

  /** Mean value divided by mean reward; the interval is derived from the interval of the reward. */
  static Estimate ratio(Bin bin) {
    double low = bin.predicted() / observed(bin).high();
    double middle = bin.predicted() / bin.observed();
    double high = bin.predicted() / observed(bin).low();
    return new Estimate(low, middle, high);
  }

  public ObjectNode json(RunRecord run) {
    int fitted = study.fitted().trained().size();
    int heldOut = study.fitted().heldOut().size();
    return Json.of(
        new Form(
            study.features().kind(),
            study.features().width(),
            new Rollouts(
                fitted, heldOut, study.judged(), fitted + heldOut + study.judged(), passed),
            new Fit(
                study.fitted().trainLoss().size(),
                study.fitted().bestEpoch() + 1,
                study.settings().weightDecay(),
                study.fitted().scale()),
            new HeldOut(
                quality().crossEntropy(),
                quality().baseline(),
                quality().gain(),
                quality().gainError(),
                quality().brier(),
                quality().baselineBrier()),
            quality().calibration().stream().map(BinForm::of).toList(),
            quality().depths().stream().map(DepthForm::of).toList(),
            run));
  }

  private record Form(
      String features,
      int inputs,
      Rollouts rollouts,
      Fit fit,
      HeldOut heldOut,
      List<BinForm> calibration,
      List<DepthForm> depths,
      RunRecord run) {}

  private record Rollouts(int fitted, int choseEpoch, int judged, int all, double passed) {}

  private record Fit(int epochs, int bestEpoch, double weightDecay, double largestReward) {}

  private record HeldOut(
      double crossEntropy,
      double baselineCrossEntropy,
      double gain,
      double gainStandardError,
      double brier,
      double baselineBrier) {}

  private record BinForm(
      int prefixes,
      int rollouts,
      double predicted,
      double observed,
      double observedLow,
      double observedHigh) {
    static BinForm of(Bin bin) {
      return new BinForm(
          bin.count(), bin.rollouts(), bin.predicted(), bin.observed(), bin.low(), bin.high());
    }
  }

  private record DepthForm(int tokens, @JsonUnwrapped BinForm all, double over, double under) {
    static DepthForm of(Depth depth) {
      return new DepthForm(depth.tokens(), BinForm.of(depth.all()), depth.over(), depth.under());
    }
  }

  public Table errorTable() {
    record Row(String error, double value, double baseline) {}
    return Table.of(
            "Error on held-out prefixes",
            List.of(
                new Row("cross-entropy (nats)", quality().crossEntropy(), quality().baseline()),
                new Row("mean squared error", quality().brier(), quality().baselineBrier())))
        .text("held-out error", Row::error)
        .number("value", STYLE, Row::value)
        .number("baseline", STYLE, Row::baseline)
        .build();
  }

  public Table calibrationTable() {
    return bin(
            Table.of("Calibration: prefixes in bins of similar value", quality().calibration()),
            bin -> bin)
        .build();
  }

  /** Adds the columns of a bin. */
  private static <R> TableBuilder<R> bin(TableBuilder<R> table, Function<R, Bin> bin) {
    return table
        .whole("prefixes", row -> bin.apply(row).count())
        .number("mean value", STYLE, row -> bin.apply(row).predicted())
        .interval("mean reward", STYLE, row -> observed(bin.apply(row)))
        .interval("ratio", STYLE, row -> ratio(bin.apply(row)));
  }

  public Table depthTable() {
    return bin(
            Table.of("Over- and under-estimation by number of tokens", quality().depths())
                .whole("tokens", Depth::tokens),
            Depth::all)
        .number("over", STYLE, Depth::over)
        .number("under", STYLE, Depth::under)
        .build();
  }

  /**
   * The learned value in one line.
   *
   * @param rollouts number of rollouts that the value was learned from
   */
  public String summary(long rollouts, Path file) {
    return String.format(
        Locale.ROOT,
        "%d rollouts, %.3g of them pass; the value with features %s and weight decay %s is in %s",
        rollouts,
        passed,
        study.features().kind(),
        study.settings().weightDecay(),
        file);
  }

  public ReportPage page(String subtitle, RunRecord run) {
    var keys =
        new KeyFigures(
            List.of(
                new KeyFigures.Figure(
                    "cross-entropy below the baseline's",
                    gain(),
                    "nats",
                    STYLE,
                    "held out; above zero, the value knows more than the depth"),
                new KeyFigures.Figure(
                    "rollouts that pass", Estimate.exactly(passed), "", STYLE, "of all"),
                new KeyFigures.Figure(
                    "held-out rollouts",
                    Estimate.exactly(study.judged()),
                    "",
                    NumberStyle.integer(),
                    "")));
    return new ReportPage(
        "A value learned from rollouts",
        subtitle,
        List.of(
            Section.of("Held-out error", keys, errorTable(), Prose.of(UNITS)),
            Section.of("Calibration", calibrationPlot(), calibrationTable()),
            Section.of("By depth", depthPlot(), depthTable(), Prose.of(DEPTHS)),
            Section.of("Fitting", fitPlot())),
        run);
  }

  private Plot calibrationPlot() {
    List<Bin> bins = quality().calibration();
    List<Chart.LinePoint> points =
        bins.stream().map(bin -> new Chart.LinePoint(bin.predicted(), observed(bin))).toList();
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
    for (Depth depth : quality().depths()) {
      reward.add(new Chart.LinePoint(depth.tokens(), observed(depth.all())));
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
        study.fitted().bestEpoch() < 0
            ? "No epoch was better than the baseline on the rollouts that choose the epoch, so the"
                + " value is the baseline."
            : "The parameters of epoch "
                + (study.fitted().bestEpoch() + 1)
                + " were kept; it has the lowest cross-entropy on the rollouts that choose the"
                + " epoch.",
        new Chart.Lines(
            Axis.linear("epoch", "").printed(NumberStyle.integer()),
            Axis.linear("cross-entropy", "nats"),
            List.of(
                new Chart.Line("fitted", false, losses(study.fitted().trainLoss())),
                new Chart.Line("choosing the epoch", true, losses(study.fitted().heldOutLoss())))));
  }

  private static List<Chart.LinePoint> losses(List<Double> losses) {
    List<Chart.LinePoint> points = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      points.add(new Chart.LinePoint(i + 1, Estimate.exactly(losses.get(i))));
    }
    return points;
  }
}
