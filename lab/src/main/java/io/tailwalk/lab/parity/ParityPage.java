package io.tailwalk.lab.parity;

import io.tailwalk.lab.Verdict;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.report.TableBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The figures of the experiment as a page. */
final class ParityPage {
  private static final NumberStyle WHOLE = NumberStyle.integer();
  private static final NumberStyle TWO = NumberStyle.fixed(2);

  private static final List<String> RIVALS =
      List.of(Searcher.ACTION_LEVEL, Searcher.OUTCOME_LEVEL, Searcher.VGB, Searcher.MOMENTUM);
  private static final List<String> OTHERS = List.of(Searcher.SMC, Searcher.AUTO);

  private static final String TOKENS = "Model tokens to a first rewarded response, mean ± 2 se";
  private static final String OTHER_TOKENS = "The same of those that plan for many at once";

  private ParityPage() {}

  static List<Section> sections(ParityPlan plan, ParityResults results, Verdict verdict) {
    return List.of(
        Section.of("Verdict", new Prose(verdict.summary()), new Prose(how(plan))),
        Section.of(
            "Learned values",
            plot("Model tokens to a first rewarded response, learned values", results.learned()),
            tokens(TOKENS, results.learned(), RIVALS),
            tokens(OTHER_TOKENS, results.learned(), OTHERS)),
        Section.of("What the learned values know", shares(results), errors(results)),
        Section.of(
            "The exact value of what the checks tell",
            plot("Model tokens to a first rewarded response, lagging value", results.lagging()),
            tokens(TOKENS, results.lagging(), RIVALS),
            tokens(OTHER_TOKENS, results.lagging(), OTHERS)),
        Section.of(
            "Steps, measured and computed",
            steps("With the lagging value", results.lagging()),
            steps("With learned values", results.learned())),
        Section.of("Wall time", new Prose(List.of(aboutTime())), time(results.learned())));
  }

  private static List<String> how(ParityPlan plan) {
    ParityTask task = plan.tasks().getFirst();
    return List.of(
        "After the parity experiment of arXiv 2510.03149 (Figure 6), whose construction was not found;"
            + " known is that it is about delayed feedback, that learned values cannot represent"
            + " parity at some positions, and that the time to a rewarded response is set against H."
            + " The construction is ours. A block is "
            + task.bits()
            + " free bits, a marker, "
            + task.late()
            + " zero, and a check. Bits and markers are coin tosses of the model; a marker is right if"
            + " it is the parity of all free bits so far; the check is 1 where it is. A response is"
            + " rewarded if all markers are right: H letters with probability 2 to the minus H/"
            + task.blockLength()
            + ".",
        "Learned values: "
            + plan.values()
            + " for each length, each a perceptron of 32 and 32 units on one-hot prefixes, as value"
            + " train fits it, from "
            + plan.rollouts()
            + " rollouts of the model. Lagging value: exact given the checks, blind to parities; it is zero"
            + " after a failed check, where action-level begins anew, while a learned value is never"
            + " zero and lets it write to the end. "
            + plan.searches()
            + " searches of each sampler with each value, until the verifier says yes; a known node"
            + " costs no token again. One descent or walk at a time, "
            + Searcher.PARTICLES
            + " particles; auto is given "
            + Searcher.FIRST_BUDGET
            + " tokens a letter and twice as many each time it finds nothing.",
        "A short task has few right prefixes, whose parities a perceptron learns by heart; with the"
            + " length that ends, as the table of shares shows, and descents become attempts by"
            + " coin toss. The lagging value is as blind at every length, and is compared apart.");
  }

  private static String aboutTime() {
    return "Mean of a search over that of action-level, in this one run, of a model that costs next to"
        + " nothing. Times differ from run to run; no verdict rests on them.";
  }

  private static List<String> samplers(List<ParityCell> cells) {
    return cells.stream().map(ParityCell::sampler).distinct().toList();
  }

  private static Plot plot(String title, List<ParityCell> cells) {
    List<Chart.Line> lines = new ArrayList<>();
    for (String sampler : samplers(cells)) {
      List<Chart.LinePoint> points =
          ParityResults.of(cells, sampler).stream()
              .map(cell -> new Chart.LinePoint(cell.task().length(), cell.tokens().estimate()))
              .toList();
      lines.add(new Chart.Line(sampler, false, points));
    }
    return new Plot(
        title,
        "Bands are two standard errors; the scale of tokens is logarithmic.",
        new Chart.Lines(
            Axis.linear("H", "letters").printed(WHOLE),
            Axis.linear("model tokens", "").on(Axis.Scale.LOG10).printed(WHOLE),
            lines));
  }

  private static Table tokens(String title, List<ParityCell> all, List<String> names) {
    List<ParityCell> cells = all.stream().filter(cell -> names.contains(cell.sampler())).toList();
    List<String> samplers = samplers(cells);
    return lengths(title, cells)
        .each(
            samplers,
            (table, name) ->
                table.interval(
                    name, WHOLE, row -> row.get(samplers.indexOf(name)).tokens().estimate()))
        .build();
  }

  /** A row for each length, of the cells of all samplers. */
  private static TableBuilder<List<ParityCell>> lengths(String title, List<ParityCell> cells) {
    return Table.of(title, byLength(cells))
        .whole("H", "letters", row -> row.getFirst().task().length());
  }

  private static List<List<ParityCell>> byLength(List<ParityCell> cells) {
    return cells.stream()
        .map(ParityCell::task)
        .distinct()
        .map(task -> cells.stream().filter(cell -> cell.task().equals(task)).toList())
        .toList();
  }

  private static Table steps(String title, List<ParityCell> cells) {
    return Table.of(
            title + ": moves, or letters written",
            cells.stream().filter(ParityCell::isComputed).toList())
        .whole("H", "letters", cell -> cell.task().length())
        .text("sampler", ParityCell::sampler)
        .interval("steps ± 2 se", WHOLE, cell -> cell.steps().estimate())
        .whole("computed", cell -> cell.computed().value())
        .build();
  }

  private static Table shares(ParityResults results) {
    int most = results.insights().getLast().insight().rightShare().length;
    return insights(
            "Probability that a descent takes the right marker, a row for each value; 0.5 is blind",
            results)
        .each(
            IntStream.range(0, most).boxed().toList(),
            (table, block) ->
                table.number("marker " + (block + 1), TWO, known -> share(known.insight(), block)))
        .number(
            "a descent is rewarded, in a thousand",
            NumberStyle.significant(3),
            known -> 1000 * known.insight().success())
        .build();
  }

  private static double share(Insight insight, int block) {
    double[] shares = insight.rightShare();
    return block < shares.length ? shares[block] : Double.NaN;
  }

  private static TableBuilder<ParityResults.Known> insights(String caption, ParityResults results) {
    return Table.of(caption, results.insights())
        .whole("H", "letters", known -> known.task().length());
  }

  private static Table errors(ParityResults results) {
    ParityTask task = results.insights().getFirst().task();
    return insights(
            "Error of log V on right prefixes by their last letter, root mean square; a blind value"
                + " is off by log 2 = 0.69 after a marker",
            results)
        .each(
            IntStream.range(0, task.blockLength()).boxed().toList(),
            (table, place) ->
                table.number(
                    placeName(task, place), "nats", TWO, known -> known.insight().error()[place]))
        .build();
  }

  private static String placeName(ParityTask task, int place) {
    if (place < task.bits()) {
      return "bit " + (place + 1);
    }
    if (place == task.bits()) {
      return "marker";
    }
    return place == task.blockLength() - 1 ? "check" : "zero " + (place - task.bits());
  }

  private static Table time(List<ParityCell> cells) {
    List<String> samplers = samplers(cells);
    return lengths("Wall time over that of " + Searcher.ACTION_LEVEL, cells)
        .each(
            samplers,
            (table, name) ->
                table.number(
                    name,
                    TWO,
                    row -> row.get(samplers.indexOf(name)).micros() / row.getFirst().micros()))
        .build();
  }
}
