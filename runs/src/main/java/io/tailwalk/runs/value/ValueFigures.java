package io.tailwalk.runs.value;

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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is shown of a learned value.
 *
 * @param study the value and how good it is
 * @param passed share of all rollouts with a tilt above zero
 */
public record ValueFigures(ValueStudy study, double passed) {
  static final String UNITS =
      "Values and rewards are over the largest reward among the rollouts. All figures are of"
          + " rollouts that neither the fitting nor the choice of the epoch has seen; the baseline"
          + " knows the number of tokens and nothing else. Intervals are 95%, with the prefixes of"
          + " one rollout taken as dependent.";
  static final String DEPTHS =
      "Ratio is the mean value over the mean reward at that depth, the value's estimate of success"
          + " over success. Over and under are by how much the value is too large or too small,"
          + " averaged over up to ten bins of prefixes of similar value; noise of small bins counts"
          + " in both.";

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

  /** Mean value over mean reward; its interval follows from that of the reward. */
  static Estimate ratio(Bin bin) {
    double low = bin.predicted() / observed(bin).high();
    double middle = bin.predicted() / bin.observed();
    double high = bin.predicted() / observed(bin).low();
    return new Estimate(low, middle, high);
  }

  public ObjectNode json(RunRecord run) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("features", study.features().kind());
    json.put("inputs", study.features().width());
    int rollouts = study.fitted().trained().size() + study.fitted().heldOut().size();
    json.putObject("rollouts")
        .put("fitted", study.fitted().trained().size())
        .put("chose_epoch", study.fitted().heldOut().size())
        .put("judged", study.judged())
        .put("all", rollouts + study.judged())
        .put("passed", passed);
    json.putObject("fit")
        .put("epochs", study.fitted().trainLoss().size())
        .put("best_epoch", study.fitted().bestEpoch() + 1)
        .put("weight_decay", study.settings().weightDecay())
        .put("largest_reward", study.fitted().scale());
    json.putObject("held_out")
        .put("cross_entropy", quality().crossEntropy())
        .put("baseline_cross_entropy", quality().baseline())
        .put("gain", quality().gain())
        .put("gain_standard_error", quality().gainError())
        .put("brier", quality().brier())
        .put("baseline_brier", quality().baselineBrier());
    ArrayNode calibration = json.putArray("calibration");
    quality().calibration().forEach(bin -> put(calibration.addObject(), bin));
    ArrayNode depths = json.putArray("depths");
    for (Depth depth : quality().depths()) {
      ObjectNode one = depths.addObject().put("tokens", depth.tokens());
      put(one, depth.all());
      one.put("over", depth.over()).put("under", depth.under());
    }
    json.set("run", run.json());
    return json;
  }

  private static void put(ObjectNode json, Bin bin) {
    json.put("prefixes", bin.count())
        .put("rollouts", bin.rollouts())
        .put("predicted", bin.predicted())
        .put("observed", bin.observed())
        .put("observed_low", bin.low())
        .put("observed_high", bin.high());
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

  public ReportPage page(String subtitle, RunRecord run) {
    var keys =
        new KeyFigures(
            List.of(
                new KeyFigures.Figure(
                    "cross-entropy below the baseline's",
                    gain(),
                    "nats",
                    STYLE,
                    "held-out; above zero, the value knows more than the depth"),
                new KeyFigures.Figure(
                    "rollouts that pass", Estimate.exactly(passed), "", STYLE, "of all"),
                new KeyFigures.Figure(
                    "rollouts judged on",
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
        "A value that is right on average in every bin lies on the dashed line; above it the value"
            + " is too small, below it too large.",
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
        "Where the dashed curve leaves the band, the value is wrong on average at that depth.",
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
            ? "No epoch was better than the baseline on the rollouts that choose it, so the value"
                + " is the baseline."
            : "The parameters of epoch "
                + (study.fitted().bestEpoch() + 1)
                + " were kept, which has the least on the rollouts that choose it.",
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
