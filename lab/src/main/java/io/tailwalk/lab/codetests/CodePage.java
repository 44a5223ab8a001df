package io.tailwalk.lab.codetests;

import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.lab.codetests.FunctionResults.CodeRun;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
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
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("Verdict", new Prose(verdict.summary()), overFunctions()));
    for (FunctionResults function : results.functions()) {
      String title = function.function().symbol();
      sections.add(
          Section.of(
              title, lengths(function), distances(function), kinds(function), examples(function)));
    }
    sections.add(Section.of("Method", new Prose(List.of(how(), whatIsKnown()))));
    return sections;
  }

  private Table overFunctions() {
    return Table.of("Mean over the functions of the distances from the target", results.labels())
        .text("sampler", label -> label)
        .number(
            "Wasserstein-1 of lengths",
            "tokens",
            TWO,
            label -> results.distance(label, CaseDistribution::lengthDistance))
        .interval(
            "closer than action-level by",
            "tokens",
            TWO,
            label -> results.nearer(label, CaseDistribution::lengthDistance))
        .number(
            "total variation of kinds",
            TWO,
            label -> results.distance(label, CaseDistribution::kindDistance))
        .interval("closer by", TWO, label -> results.nearer(label, CaseDistribution::kindDistance))
        .number(
            "mean log-probability",
            "nats",
            TWO,
            label -> results.distance(label, CaseDistribution::logProbDistance))
        .interval(
            "closer in it by",
            "nats",
            TWO,
            label -> results.nearer(label, CaseDistribution::logProbDistance))
        .build();
  }

  private Plot lengths(FunctionResults function) {
    List<Chart.Line> lines = new ArrayList<>();
    lines.add(line(TARGET, true, function.target()));
    for (String label : List.of(Entry.ACTION_LEVEL, Entry.VGB)) {
      lines.add(line(label, false, function.distribution(label)));
    }
    return new Plot(
        "Length of the test cases of " + function.function().symbol(),
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

  private Table distances(FunctionResults function) {
    return Table.of("Distances from the target, 95% intervals", results.labels())
        .text("sampler", label -> label)
        .interval(
            "Wasserstein-1 of lengths",
            "tokens",
            TWO,
            label -> function.distance(label, CaseDistribution::lengthDistance))
        .interval(
            "total variation of kinds",
            TWO,
            label -> function.distance(label, CaseDistribution::kindDistance))
        .interval(
            "mean log-probability",
            "nats",
            TWO,
            label -> function.distance(label, CaseDistribution::logProbDistance))
        .whole("distinct lines", label -> runs(function, label).mapToInt(CodeRun::returned).sum())
        .whole("that pass", label -> runs(function, label).mapToInt(CodeRun::passing).sum())
        .whole(
            "tokens",
            "per run",
            label -> runs(function, label).mapToLong(CodeRun::modelTokens).average().orElse(0))
        .build();
  }

  private static Stream<CodeRun> runs(FunctionResults function, String label) {
    return function.of(label).stream();
  }

  private Table kinds(FunctionResults function) {
    record Row(String sampler, CaseDistribution distribution) {}
    List<Row> rows = new ArrayList<>(List.of(new Row(TARGET, function.target())));
    results.labels().forEach(label -> rows.add(new Row(label, function.distribution(label))));
    List<CaseKind> present =
        Arrays.stream(CaseKind.values())
            .filter(kind -> rows.stream().anyMatch(row -> row.distribution().share(kind) > 0))
            .toList();
    return Table.of("Share of lines by the first argument", rows)
        .text("sampler", Row::sampler)
        .each(
            present,
            (table, kind) -> table.number(kind.word(), TWO, row -> row.distribution().share(kind)))
        .build();
  }

  private Table examples(FunctionResults function) {
    record Row(String sampler, String completion) {}
    List<Row> rows = new ArrayList<>();
    function.reference().stream().limit(3).forEach(draw -> rows.add(new Row(TARGET, draw.text())));
    for (String label : List.of(Entry.ACTION_LEVEL, Entry.VGB)) {
      runs(function, label)
          .filter(run -> !run.example().isEmpty())
          .limit(3)
          .forEach(run -> rows.add(new Row(label, run.example())));
    }
    return Table.of("Test cases", rows)
        .text("sampler", Row::sampler)
        .text("test case", row -> "assert " + function.function().symbol() + row.completion())
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
        + " asserts, the function under test. A line passes if it compares a call with the result"
        + " that Python prints for it in a sandbox. The value of a prefix is 1 before the ==, and"
        + " after it if the text so far is the beginning of the right result; a one-token look-ahead"
        + " therefore always ends in a right result, however improbable it is under the model. The"
        + " target is the model's distribution over passing lines, estimated by weighted descents at "
        + plan.reference()
        + " model tokens a function. Each sampler made "
        + plan.repeats()
        + " runs of "
        + plan.budget()
        + " model tokens for each function; its distribution is the mean of its weighted samples"
        + " over the runs. Next-token distributions are cached between runs, but each run is charged"
        + " as if it were alone.";
  }

  private static String whatIsKnown() {
    return "Modelled on the code experiment of arXiv 2510.03149, whose prompt, learned value and"
        + " numbers are not known to us. The prompts follow the code of arXiv 2502.12123, but ask"
        + " for the fifth test case instead of eight; the value is a local constraint instead of a"
        + " learned value. The paper has one function; the first here is the one of that code.";
  }
}
