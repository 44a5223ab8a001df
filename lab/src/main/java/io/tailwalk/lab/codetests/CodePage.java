package io.tailwalk.lab.codetests;

import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.lab.codetests.CodeResults.CodeRun;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The figures as a page.
 *
 * @param experiment what was run
 * @param results what it drew
 */
record CodePage(CodeExperiment experiment, CodeResults results) {
  private static final String TARGET = "target";
  private static final NumberStyle TWO = NumberStyle.fixed(2);
  private static final NumberStyle WHOLE = NumberStyle.integer();

  List<Section> sections(CodeVerdict verdict) {
    return List.of(
        Section.of("Verdict", new Prose(verdict.summary()), lengths()),
        Section.of("Distance to the target", distances(), counts()),
        Section.of("Kinds of test cases", kinds()),
        Section.of("Examples", examples()),
        Section.of("How it was done", new Prose(List.of(how(), whatIsKnown()))));
  }

  private List<String> labels() {
    return Entry.all(experiment.plan().budget()).stream().map(Entry::label).toList();
  }

  private Plot lengths() {
    List<Chart.Line> lines = new ArrayList<>();
    lines.add(line(TARGET, true, results.target()));
    labels().forEach(label -> lines.add(line(label, false, results.distribution(label))));
    return new Plot(
        "Length of the test cases",
        "Share of lines of at most so many tokens.",
        new Chart.Lines(
            Axis.linear("length", "tokens").printed(WHOLE),
            Axis.linear("share of lines at most as long", "").printed(TWO),
            lines));
  }

  private static Chart.Line line(String name, boolean dashed, CaseDistribution distribution) {
    List<Chart.LinePoint> points = new ArrayList<>();
    double sum = 0;
    for (int length = 0; length < distribution.lengths().length; length++) {
      sum += distribution.lengths()[length];
      points.add(new Chart.LinePoint(length, Estimate.exactly(Math.min(1, sum))));
    }
    return new Chart.Line(name, dashed, points);
  }

  private Table distances() {
    return Table.of("Means and distributions against the target's, 95% intervals", labels())
        .text("sampler", label -> label)
        .interval(
            "mean log-probability",
            "nats",
            TWO,
            label -> results.distance(label, CaseDistribution::logProbDistance))
        .interval(
            "nearer than action-level",
            "nats",
            TWO,
            label -> results.nearer(label, CaseDistribution::logProbDistance))
        .interval(
            "Wasserstein-1 of lengths",
            "tokens",
            TWO,
            label -> results.distance(label, CaseDistribution::lengthDistance))
        .interval(
            "total variation of kinds",
            TWO,
            label -> results.distance(label, CaseDistribution::kindDistance))
        .build();
  }

  private Table counts() {
    return Table.of("Lines of all runs", labels())
        .text("sampler", label -> label)
        .whole("different lines", label -> runs(label).mapToInt(CodeRun::returned).sum())
        .whole("of them pass", label -> runs(label).mapToInt(CodeRun::passing).sum())
        .whole(
            "tokens",
            "a run",
            label -> runs(label).mapToLong(CodeRun::modelTokens).average().orElse(0))
        .build();
  }

  private Stream<CodeRun> runs(String label) {
    return results.of(label).stream();
  }

  private Table kinds() {
    record Row(String sampler, CaseDistribution distribution) {}
    List<Row> rows = new ArrayList<>(List.of(new Row(TARGET, results.target())));
    labels().forEach(label -> rows.add(new Row(label, results.distribution(label))));
    return Table.of("Share of lines by what the list holds", rows)
        .text("sampler", Row::sampler)
        .each(
            List.of(CaseKind.values()),
            (table, kind) -> table.number(kind.word(), TWO, row -> row.distribution().share(kind)))
        .build();
  }

  private Table examples() {
    record Row(String sampler, String completion) {}
    List<Row> rows = new ArrayList<>();
    results.reference().stream().limit(5).forEach(draw -> rows.add(new Row(TARGET, draw.text())));
    for (String label : labels()) {
      runs(label)
          .filter(run -> !run.example().isEmpty())
          .limit(3)
          .forEach(run -> rows.add(new Row(label, run.example())));
    }
    return Table.of("Test cases", rows)
        .text("sampler", Row::sampler)
        .text("test case", row -> "assert app" + row.completion())
        .build();
  }

  private String how() {
    CodePlan plan = experiment.plan();
    ModelIdentity model = experiment.model().identity();
    return "One line of at most "
        + CodeTask.TOKENS
        + " tokens of "
        + model.name()
        + " ("
        + model.description()
        + ") behind a prompt that gives one function with eight asserts, then a function that"
        + " appends an item to a list with four. A line passes if it calls the function on a list"
        + " literal and compares with what Python, in a sandbox, prints for it. The value of a prefix is 1 before the == and, behind"
        + " it, where the right result is so far written: a one-token look-ahead always ends in a"
        + " right result, however improbable the model finds it. The target is the model's distribution of"
        + " its lines that pass: descents weighted to follow it, at "
        + results.referenceTokens()
        + " model tokens. Each sampler made "
        + plan.repeats()
        + " runs of "
        + plan.budget()
        + " model tokens; its distribution is the mean over runs of its weighted samples. Next-token distributions are"
        + " kept between runs, but each run is charged as if it were alone.";
  }

  private static String whatIsKnown() {
    return "After the code experiment of arXiv 2510.03149, whose prompt, learned value and numbers"
        + " are not known to us; the prompt follows the code of arXiv 2502.12123, the fifth test case"
        + " in place of eight, and the value is a local constraint in place of a learned one. The"
        + " paper found the lengths of action-level's test cases far from the target's; with this"
        + " value the arguments are written freely, so that lengths are near, and what is off is"
        + " which arguments are chosen.";
  }
}
