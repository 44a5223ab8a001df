package io.tailwalk.runs.value;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.records.Json;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Table;
import io.tailwalk.report.TableBuilder;
import io.tailwalk.statistics.RatioOfMeans;
import io.tailwalk.values.Assessment;
import io.tailwalk.values.Assessment.Bin;
import io.tailwalk.values.Assessment.Depth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * The figures of a learned value.
 *
 * @param study the value and its quality
 * @param passed share of all rollouts with a tilt above zero
 * @param knowledge what the verifier itself knows of prefixes
 * @param pilot the sampler with and without the value; empty if no pilot was requested
 * @param reasons for which the value would have been refused had that not been forced; empty if
 *     there is none
 */
public record ValueFigures(
    ValueStudy study,
    double passed,
    PrefixKnowledge knowledge,
    Optional<PilotFigures> pilot,
    List<String> reasons) {
  /** Keeps a copy. */
  public ValueFigures {
    reasons = List.copyOf(reasons);
  }

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

  static final NumberStyle STYLE = NumberStyle.significant(3);
  private static final double NORMAL = 1.959964;

  Assessment quality() {
    return study.assessment();
  }

  Estimate gain() {
    double error = NORMAL * quality().gainError();
    return new Estimate(quality().gain() - error, quality().gain(), quality().gain() + error);
  }

  static Estimate observed(Bin bin) {
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

  /**
   * The report.
   *
   * @param subtitle the line below its title
   */
  public ReportPage page(String subtitle, RunRecord run) {
    return new ValuePage(this).page(subtitle, run);
  }

  /** The figures as JSON. */
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
                // A single cluster has no error: unknown.
                Double.isInfinite(quality().gainError()) ? Double.NaN : quality().gainError(),
                quality().brier(),
                quality().baselineBrier()),
            quality().calibration().stream().map(BinForm::of).toList(),
            quality().depths().stream().map(DepthForm::of).toList(),
            study.isBetter(),
            !reasons.isEmpty(),
            new Knowledge(
                knowledge.kind().wireName(),
                knowledge.failing(),
                knowledge.foreseen(),
                knowledge.seen()),
            pilot.map(Pilot::of),
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
      boolean better,
      boolean forced,
      Knowledge verifierKnows,
      Optional<Pilot> pilot,
      RunRecord run) {}

  private record Knowledge(String kind, int failing, int foreseen, double seen) {}

  private record Pilot(
      String sampler,
      int pairs,
      long runTokens,
      PilotFigures.Side with,
      PilotFigures.Side without,
      Ratio ratio) {
    static Pilot of(PilotFigures figures) {
      RatioOfMeans ratio = figures.ratio();
      return new Pilot(
          figures.sampler(),
          ratio.pairs(),
          figures.runTokens(),
          figures.with(),
          figures.without(),
          new Ratio(ratio.value(), ratio.interval()));
    }
  }

  private record Ratio(double value, @JsonUnwrapped Interval interval) {}

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

  /** One line each: what the verifier knows of prefixes, the pilot, whether it was forced. */
  List<String> findings() {
    List<String> findings = new ArrayList<>();
    knowledge.sentence().ifPresent(findings::add);
    findings.add(
        pilot
            .map(PilotFigures::sentence)
            .orElse("no pilot was run, so whether a sampler gains from the value is unknown"));
    reasons.forEach(
        reason -> findings.add("written by force although it would have been refused: " + reason));
    return findings;
  }

  /**
   * The results in one line each.
   *
   * @param rollouts number of rollouts that the value was learned from
   * @param file file of the value
   */
  public List<String> remarks(long rollouts, Path file) {
    List<String> remarks = findings();
    remarks.add(summary(rollouts, file));
    return remarks;
  }

  /**
   * The learned value in one line.
   *
   * @param rollouts number of rollouts that the value was learned from
   */
  String summary(long rollouts, Path file) {
    return String.format(
        Locale.ROOT,
        "%d rollouts, %.3g of them pass; the value with features %s and weight decay %s is in %s",
        rollouts,
        passed,
        study.features().kind(),
        study.settings().weightDecay(),
        file);
  }
}
