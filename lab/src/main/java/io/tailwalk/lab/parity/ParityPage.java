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
  private static final String OTHER_TOKENS =
      "Model tokens to a first rewarded response, samplers of many responses at once";

  private ParityPage() {}

  static List<Section> sections(ParityPlan plan, ParityResults results, Verdict verdict) {
    return List.of(
        Section.of("Verdict", new Prose(verdict.summary()), new Prose(how(plan))),
        Section.of(
            "Learned values",
            plot("Model tokens to a first rewarded response, learned values", results.learned()),
            tokens(TOKENS, results.learned(), RIVALS),
            tokens(OTHER_TOKENS, results.learned(), OTHERS)),
        Section.of("Knowledge of the learned values", shares(results), errors(results)),
        Section.of(
            "Lagging value, exact given the checks",
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
        "Modelled on the parity experiment of arXiv 2510.03149 (Figure 6), whose construction was"
            + " not available to us. We know that it is about delayed feedback, that learned values"
            + " cannot represent parity at some positions, and that it shows the time to a rewarded"
            + " response against H. The construction here is our own. A block consists of "
            + task.bits()
            + " free bits, a marker, "
            + task.late()
            + " zero, and a check. The model draws bits and markers by a fair coin; a marker is"
            + " right"
            + " if it is the parity of all free bits so far, and the check is 1 if the marker is"
            + " right. A response is rewarded if all markers are right, which has probability 2 to"
            + " the power of minus H/"
            + task.blockLength()
            + ".",
        "Learned values: "
            + plan.values()
            + " for each length, each a perceptron of 32 and 32 units on one-hot prefixes, fitted"
            + " as"
            + " by value train from "
            + plan.rollouts()
            + " rollouts of the model. Lagging value: exact given the checks, blind to parities; it"
            + " is zero after a failed check, at which action-level sampling starts again, whereas"
            + " a"
            + " learned value is never zero and lets action-level sampling continue to the end. "
            + plan.searches()
            + " searches of each sampler with each value, each until the verifier accepts a"
            + " response; a known node costs no further tokens. One descent or walk at a time, "
            + Searcher.PARTICLES
            + " particles; auto has a first budget of "
            + Searcher.FIRST_BUDGET
            + " tokens per letter, which doubles each time it finds no rewarded response.",
        "A short task has few right prefixes, and a perceptron memorises their parities. At larger"
            + " lengths this fails, as the table of marker probabilities shows, and descents become"
            + " coin tosses. The lagging value is equally blind at every length and is compared"
            + " separately.");
  }

  private static String aboutTime() {
    return "Mean time of a search divided by that of action-level sampling, in this run, with a"
        + " model that costs almost no time. Times differ from run to run; the verdict does not use"
        + " them.";
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
            "Probability that a descent chooses the right marker, one row per value; 0.5 means"
                + " blind",
            results)
        .each(
            IntStream.range(0, most).boxed().toList(),
            (table, block) ->
                table.number("marker " + (block + 1), TWO, known -> share(known.insight(), block)))
        .number(
            "rewarded descents per thousand",
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
            "Root mean squared error of log V on right prefixes, by last letter; a blind value has"
                + " an"
                + " error of log 2 = 0.69 after a marker",
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
    return lengths("Wall time relative to " + Searcher.ACTION_LEVEL, cells)
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
