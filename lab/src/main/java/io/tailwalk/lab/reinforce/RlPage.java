package io.tailwalk.lab.reinforce;

import io.tailwalk.report.Axis;
import io.tailwalk.report.Block;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of the experiment as a page. */
final class RlPage {
  private static final NumberStyle THREE = NumberStyle.fixed(3);

  private final RlPlan plan;
  private final List<Reinforced> measured;
  private final RlVerdict verdict;

  private RlPage(RlPlan plan, List<Reinforced> measured, RlVerdict verdict) {
    this.plan = plan;
    this.measured = measured;
    this.verdict = verdict;
  }

  static List<Section> sections(RlPlan plan, List<Reinforced> measured, RlVerdict verdict) {
    var page = new RlPage(plan, measured, verdict);
    return List.of(
        Section.of("Verdict", new Prose(verdict.summary()), Prose.of(page.how())),
        page.scatters(),
        Section.of("Checkpoints", page.agreements(), page.table()));
  }

  private String how() {
    return String.format(
        Locale.ROOT,
        "Fine-tuning uses nine prompts of a common rule for each prompt of a rare one. From each of"
            + " %d checkpoints, %d problems of the rare rule are learned by policy gradient with a"
            + " leave-one-out baseline, each alone: %d steps of %d draws, reward 1 for the right"
            + " path. The final pass@1 is the mean probability of the right paths afterwards,"
            + " computed, not sampled. Coverage and pass@N are those of the checkpoint on %,d other"
            + " prompts of the rare rule; cross-entropy is that of %,d prompts of the data.",
        measured.size(),
        plan.problems(),
        plan.steps(),
        plan.group(),
        plan.heldOut(),
        plan.dataPrompts());
  }

  private Section scatters() {
    List<Block> plots = new ArrayList<>();
    for (Predictor predictor : RlFigures.predictors(plan).subList(0, 3)) {
      plots.add(scatter(predictor));
    }
    return new Section("Final pass@1", plots);
  }

  private Plot scatter(Predictor predictor) {
    List<Chart.LabelledPoint> points = new ArrayList<>();
    for (Reinforced each : measured) {
      points.add(
          new Chart.LabelledPoint(
              "step " + each.step(),
              Estimate.exactly(RlFigures.mean(predictor, each)),
              Estimate.exactly(RlFigures.mean(each.after()))));
    }
    return new Plot(
        "Final pass@1 against " + predictor.name(),
        "One point for each checkpoint; the predictor is measured before reinforcement learning.",
        new Chart.Scatter(
            Axis.linear(predictor.name(), predictor.name().contains("entropy") ? "nats" : ""),
            Axis.linear("final pass@1", ""),
            List.of(new Chart.Cloud("checkpoints", points))));
  }

  private Table agreements() {
    List<Agreement> rows =
        new ArrayList<>(
            List.of(
                verdict.coverage(),
                verdict.pass(),
                verdict.crossEntropy(),
                verdict.coverageOver(),
                verdict.passOver()));
    rows.addAll(verdict.others());
    return Table.of("Agreement of the final pass@1 with each predictor (1 is perfect)", rows)
        .text("predictor", Agreement::predictor)
        .interval(
            "rank correlation",
            NumberStyle.fixed(2),
            each -> Estimate.of(each.value(), each.interval()))
        .build();
  }

  private Table table() {
    return Table.of("Checkpoints before and after reinforcement learning", measured)
        .whole("step", Reinforced::step)
        .each(
            RlFigures.predictors(plan),
            (columns, predictor) ->
                columns.number(predictor.name(), THREE, each -> RlFigures.mean(predictor, each)))
        .number("rewarded draws", THREE, Reinforced::rewarded)
        .number("final pass@1", THREE, each -> RlFigures.mean(each.after()))
        .build();
  }
}
