package io.tailwalk.lab.masked;

import io.tailwalk.lab.Verdict;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import java.util.List;

/** The figures of the experiment as a page. */
final class MaskedPage {
  private static final NumberStyle THREE = NumberStyle.fixed(3);
  private static final NumberStyle WHOLE = NumberStyle.integer();
  private static final List<Rival> RIVALS = List.of(Rival.values());

  private MaskedPage() {}

  static List<Section> sections(
      MaskedPlan plan, List<LengthResult> lengths, List<Check> checks, Verdict verdict) {
    return List.of(
        Section.of("Verdict", new Prose(verdict.summary()), new Prose(how(plan))),
        Section.of(
            "Distance from the target", plot(lengths), distances(lengths), accuracies(lengths)),
        Section.of("Cost of a draw", evaluations(lengths)),
        Section.of("The problems and their values", problems(lengths)),
        Section.of("Draws against what was computed", checks(checks)));
  }

  private static List<String> how(MaskedPlan plan) {
    return List.of(
        "The problems: "
            + MaskedTask.COLOURS
            + " colours for each of n positions, a random Markov field on the path of positions as"
            + " the model, and "
            + MaskedTask.EDGES_PER_POSITION
            + " n random pairs of positions that must differ. The target is the model given that"
            + " they do. The model's conditional distributions are exact in any order. The value of"
            + " a partially masked sequence is the product over the pairs of the probability that"
            + " they will differ, as if these events were independent, times or divided by "
            + MaskedTask.NOISE
            + " at random. It is exact only on complete sequences, and positive on many sequences"
            + " that cannot be completed with a reward. "
            + plan.tasks()
            + " random problems for each length.",
        "The distributions of all samplers are computed on all partially masked sequences, without"
            + " sampling; intervals are about the problems. A draw of a walk is where it is after "
            + MaskedPlan.STEPS_PER_SQUARE
            + " n² lazy steps, which begin again unless that is a complete sequence. Cost is the"
            + " number of sequences whose masked positions the model is asked about; one visited"
            + " twice counts twice, and the value is free. Descents and draws of the model are"
            + " repeated until their evaluations reach those of a draw of VGB, and the first with a"
            + " reward is returned; without one, the draw counts as different from all.",
        "The walk is that of arXiv 2606.28301 as known from its abstract and the code of its"
            + " authors, in blocks of one position; the problems are our own. Where rewards are"
            + " frequent, as at the shortest length, the best of many draws comes close to the walk.");
  }

  private static Plot plot(List<LengthResult> lengths) {
    return new Plot(
        "Total variation against the length",
        "Bands are two standard errors over problems.",
        new Chart.Lines(
            Axis.linear("n", "positions").printed(WHOLE),
            Axis.linear("total variation", "").printed(THREE),
            RIVALS.stream()
                .map(rival ->
                    new Chart.Line(
                        rival.label(),
                        false,
                        lengths.stream()
                            .map(at ->
                                new Chart.LinePoint(at.length(), at.distance(rival).estimate()))
                            .toList()))
                .toList()));
  }

  private static Table distances(List<LengthResult> lengths) {
    return Table.of("Total variation between a draw and the target, mean ± 2 se", lengths)
        .whole("n", "positions", LengthResult::length)
        .each(
            RIVALS,
            (table, rival) ->
                table.interval(rival.label(), THREE, at -> at.distance(rival).estimate()))
        .build();
  }

  private static Table accuracies(List<LengthResult> lengths) {
    return Table.of("Probability that a draw has a reward, mean ± 2 se", lengths)
        .whole("n", "positions", LengthResult::length)
        .each(
            RIVALS,
            (table, rival) ->
                table.interval(rival.label(), THREE, at -> at.accuracy(rival).estimate()))
        .build();
  }

  private static Table evaluations(List<LengthResult> lengths) {
    return Table.of("Evaluations of the model for a draw, mean ± 2 se", lengths)
        .whole("n", "positions", LengthResult::length)
        .each(
            RIVALS,
            (table, rival) ->
                table.interval(rival.label(), WHOLE, at -> at.evaluations(rival).estimate()))
        .build();
  }

  private static Table problems(List<LengthResult> lengths) {
    NumberStyle two = NumberStyle.significant(2);
    return Table.of("Means over problems", lengths)
        .whole("n", "positions", LengthResult::length)
        .number("probability of a reward", two, at -> at.success().value())
        .number("error of log V, rms", two, at -> at.logError().value())
        .number("undetected dead ends, share", two, at -> at.undetected().value())
        .build();
  }

  private static Table checks(List<Check> checks) {
    return Table.of("Draws on the first problem of each length", checks)
        .whole("n", "positions", Check::length)
        .text("sampler", check -> check.rival().label())
        .interval("evaluations ± 2 se", WHOLE, check -> check.evaluations().estimate())
        .whole("computed", Check::evaluationsComputed)
        .interval("log-probability ± 2 se", THREE, check -> check.logProb().estimate())
        .number("computed", THREE, Check::logProbComputed)
        .build();
  }
}
