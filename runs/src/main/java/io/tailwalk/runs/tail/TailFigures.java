package io.tailwalk.runs.tail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.passk.CurvePoint;
import io.tailwalk.records.Json;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Numbers;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The figures of {@code tail}.
 *
 * @param prompts the figures of each prompt
 * @param curve pass@k; empty if rewards are graded, because their mean determines no probability
 */
public record TailFigures(List<TailPrompt> prompts, List<TailCurve> curve) {
  static final String INTERVALS =
      "The interval of a prompt has level 95% and combines the sampler's run and the plain draws."
          + " The ends of the curve map each prompt's guaranteed ends at 99.5% through 1 - (1 -"
          + " Z)^k. These prompts: the mean of those ends, excluding as many as may miss, 95%"
          + " together. The distribution that the prompts were drawn from: Gaffke's bound over the"
          + " prompts' ends, wide if there are few prompts. If the bias of a value is low, high or"
          + " unknown, rely on the ends.";

  static final String GRADED =
      "Rewards are graded: the estimate is the mean reward of the model's own completion, at 95%,"
          + " from the sampler's run and the plain draws together. A mean determines no pass@k.";

  private static final NumberStyle STYLE = NumberStyle.significant(3);

  /**
   * Computes the figures from the prompts.
   *
   * @param passesOrFails whether the verifier is pass-or-fail
   */
  public TailFigures(List<TailPrompt> prompts, boolean passesOrFails) {
    this(List.copyOf(prompts), passesOrFails ? TailCurve.of(prompts) : List.of());
  }

  /** Mean success probability over prompts: the model's pass@1; empty if rewards are graded. */
  private Optional<CurvePoint> overall() {
    return curve.stream().findFirst().map(TailCurve::predicted);
  }

  /** Prompts on which the sampler's run and the plain draws contradict each other. */
  List<String> disagreements() {
    return prompts.stream()
        .filter(prompt -> prompt.both().disagree())
        .map(prompt ->
            "prompt "
                + prompt.id()
                + ": the sampler's estimate, "
                + Numbers.estimate(prompt.walk())
                + ", and the plain draws, "
                + Numbers.estimate(prompt.draws())
                + ", contradict each other; only certain and guaranteed ends are quoted")
        .toList();
  }

  public ObjectNode json(RunRecord run) {
    return Json.of(
        new Form(
            overall().map(PointForm::of),
            curve.isEmpty() ? GRADED : INTERVALS,
            prompts.stream().map(PromptForm::of).toList(),
            curve.stream().map(CurveForm::of).toList(),
            run));
  }

  private record Form(
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<PointForm> successProbabilityMean,
      String intervals,
      List<PromptForm> prompts,
      List<CurveForm> passAtK,
      RunRecord run) {}

  private record Measured(long drawn, long passed) {}

  private record PromptForm(
      String id,
      io.tailwalk.core.interval.Estimate successProbability,
      io.tailwalk.core.interval.Estimate bySampler,
      io.tailwalk.core.interval.Estimate byPlainDraws,
      boolean disagree,
      Measured measured,
      Cost cost) {
    static PromptForm of(TailPrompt prompt) {
      return new PromptForm(
          prompt.id(),
          prompt.together(),
          prompt.walk(),
          prompt.draws(),
          prompt.both().disagree(),
          new Measured(prompt.drawn(), prompt.passed()),
          prompt.result().sampling().cost());
    }
  }

  private record CurveForm(long k, PointForm predicted, double measured) {
    static CurveForm of(TailCurve curve) {
      return new CurveForm(curve.k(), PointForm.of(curve.predicted()), curve.measured());
    }
  }

  private record PointForm(
      double value,
      Bias bias,
      int correctedPrompts,
      @JsonUnwrapped Interval interval,
      @JsonUnwrapped(prefix = "these_prompts_") @Nullable Interval these) {
    static PointForm of(CurvePoint point) {
      return new PointForm(
          point.value(),
          point.bias(),
          point.corrected(),
          point.interval(),
          point.these().orElse(null));
    }
  }

  Table promptTable() {
    List<PromptLine> lines =
        new ArrayList<>(prompts.stream().map(TailFigures::promptLine).toList());
    overall().ifPresent(mean -> lines.add(new PromptLine("mean of these", these(mean), "", "")));
    boolean graded = curve.isEmpty();
    return Table.of(
            graded
                ? "Mean reward of the model's own completion"
                : "Probability that the model's own completion passes",
            lines)
        .text("prompt", PromptLine::prompt)
        .interval(graded ? "mean reward" : "success probability", STYLE, PromptLine::estimate)
        .text(
            graded ? "plain draws of positive reward" : "plain draws that passed",
            PromptLine::passed)
        .text("sampler and draws", PromptLine::agreement)
        .build();
  }

  private record PromptLine(String prompt, Estimate estimate, String passed, String agreement) {}

  private static PromptLine promptLine(TailPrompt prompt) {
    return new PromptLine(
        prompt.id(),
        Estimate.of(prompt.together()),
        prompt.passed() + " of " + prompt.drawn(),
        prompt.both().disagree() ? "contradicts" : "");
  }

  private static Estimate these(CurvePoint point) {
    return shown(point, point.these().orElse(point.interval()));
  }

  /**
   * By rounding, a value may be outside ends of another level; it is then moved to the nearest end.
   */
  private static Estimate shown(CurvePoint point, Interval interval) {
    return Estimate.of(Math.clamp(point.value(), interval.low(), interval.high()), interval);
  }

  Table curveTable() {
    return Table.of("Pass@k, mean over prompts", curve)
        .whole("k", TailCurve::k)
        .interval("predicted pass@k, these prompts", STYLE, point -> these(point.predicted()))
        .interval(
            "such prompts in general",
            STYLE,
            point -> shown(point.predicted(), point.predicted().interval()))
        .text("bias of the value", point -> point.predicted().bias().words())
        .number("measured", STYLE, TailCurve::measured)
        .build();
  }

  /** The tables for the console. */
  public List<Table> tables() {
    return curve.isEmpty() ? List.of(promptTable()) : List.of(promptTable(), curveTable());
  }

  public ReportPage page(String subtitle, RunRecord run) {
    if (curve.isEmpty()) {
      return new ReportPage(
          "Mean reward",
          subtitle,
          List.of(Section.of("Mean reward by prompt", promptTable(), notes())),
          run);
    }
    return new ReportPage(
        "Success probability and pass@k",
        subtitle,
        List.of(
            Section.of("Success probability", promptTable(), notes()),
            Section.of("Pass@k", plot(), curveTable())),
        run);
  }

  /** Remarks on how to read the numbers. */
  public List<String> remarks() {
    List<String> remarks =
        new ArrayList<>(List.of(Estimate.LEGEND, curve.isEmpty() ? GRADED : INTERVALS));
    remarks.addAll(disagreements());
    return remarks;
  }

  private Prose notes() {
    return new Prose(remarks());
  }

  private Plot plot() {
    List<Chart.LinePoint> predicted =
        curve.stream().map(p -> new Chart.LinePoint(p.k(), these(p.predicted()))).toList();
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
        "Pass@k predicted from the success probability, and measured if there are enough draws",
        "The curve rises from the mean success probability at k = 1; its band contains the mean"
            + " over these prompts, for all k together.",
        new Chart.Lines(
            Axis.linear("k", "completions").on(Axis.Scale.LOG10),
            Axis.linear("pass@k", ""),
            lines));
  }
}
