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
 * The figures of the experiment as a page.
 *
 * @param experiment the experiment
 * @param results its samples
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
        Section.of("Method", new Prose(List.of(how(), whatIsKnown()))));
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
        "Share of lines with at most this many tokens.",
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
    return Table.of("Distances from the target, 95% intervals", labels())
        .text("sampler", label -> label)
        .interval(
            "mean log-probability",
            "nats",
            TWO,
            label -> results.distance(label, CaseDistribution::logProbDistance))
        .interval(
            "closer than action-level by",
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
        .whole("distinct lines", label -> runs(label).mapToInt(CodeRun::returned).sum())
        .whole("passing lines", label -> runs(label).mapToInt(CodeRun::passing).sum())
        .whole(
            "tokens",
            "per run",
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
    return Table.of("Share of lines by the contents of the list", rows)
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
        + ") after a prompt that contains one function with eight asserts and then, with four"
        + " asserts, a function that appends an item to a list. A line passes if it calls the"
        + " function on a list literal and compares the call with the result that Python prints for"
        + " it in a sandbox. The value of a prefix is 1 before the ==, and after it if the text so"
        + " far is the beginning of the right result; a one-token look-ahead therefore always ends"
        + " in"
        + " a right result, however improbable it is under the model. The target is the model's"
        + " distribution over passing lines, estimated by weighted descents at "
        + results.referenceTokens()
        + " model tokens. Each sampler made "
        + plan.repeats()
        + " runs of "
        + plan.budget()
        + " model tokens; its distribution is the mean of its weighted samples over the runs."
        + " Next-token distributions are cached between runs, but each run is charged as if it were"
        + " alone.";
  }

  private static String whatIsKnown() {
    return "Modelled on the code experiment of arXiv 2510.03149, whose prompt, learned value and"
        + " numbers are not known to us. The prompt follows the code of arXiv 2502.12123, but asks"
        + " for the fifth test case instead of eight; the value is a local constraint instead of a"
        + " learned value. In the paper, the lengths of action-level's test cases were far from the"
        + " target's. With this value the arguments are written freely, so the lengths are close"
        + " and"
        + " the error is in the choice of arguments.";
  }
}
