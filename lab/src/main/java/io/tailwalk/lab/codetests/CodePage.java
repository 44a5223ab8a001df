package io.tailwalk.lab.codetests;

import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Cell;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Column;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import java.util.ArrayList;
import java.util.List;

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
    labels().forEach(label -> lines.add(line(label, false, results.law(label))));
    return new Plot(
        "Length of the test cases",
        "Share of lines of at most so many tokens.",
        new Chart.Lines(
            Axis.linear("length", "tokens").printed(WHOLE),
            Axis.linear("share of lines at most as long", "").printed(TWO),
            lines));
  }

  private static Chart.Line line(String name, boolean dashed, CaseLaw law) {
    List<Chart.LinePoint> points = new ArrayList<>();
    double sum = 0;
    for (int length = 0; length < law.lengths().length; length++) {
      sum += law.lengths()[length];
      points.add(new Chart.LinePoint(length, Estimate.exactly(Math.min(1, sum))));
    }
    return new Chart.Line(name, dashed, points);
  }

  private Table distances() {
    List<Column> columns =
        List.of(
            new Column.Text("sampler"),
            new Column.Interval("mean log-probability", "nats", TWO),
            new Column.Interval("nearer than action-level", "nats", TWO),
            new Column.Interval("Wasserstein-1 of lengths", "tokens", TWO),
            new Column.Interval("total variation of kinds", "", TWO));
    List<List<Cell>> rows = new ArrayList<>();
    for (String label : labels()) {
      rows.add(
          List.of(
              Cell.of(label),
              Cell.of(results.distance(label, CaseLaw::logProbDistance)),
              Cell.of(results.nearer(label, CaseLaw::logProbDistance)),
              Cell.of(results.distance(label, CaseLaw::lengthDistance)),
              Cell.of(results.distance(label, CaseLaw::kindDistance))));
    }
    return new Table("Means and laws against the target's, 95% intervals", columns, rows);
  }

  private Table counts() {
    List<Column> columns =
        List.of(
            new Column.Text("sampler"),
            new Column.Numeral("different lines", "", WHOLE),
            new Column.Numeral("of them pass", "", WHOLE),
            new Column.Numeral("tokens", "a run", WHOLE));
    List<List<Cell>> rows = new ArrayList<>();
    for (String label : labels()) {
      List<CodeResults.CodeRun> runs = results.of(label);
      rows.add(
          List.of(
              Cell.of(label),
              Cell.of(runs.stream().mapToInt(CodeResults.CodeRun::returned).sum()),
              Cell.of(runs.stream().mapToInt(CodeResults.CodeRun::passing).sum()),
              Cell.of(
                  runs.stream().mapToLong(CodeResults.CodeRun::modelTokens).average().orElse(0))));
    }
    return new Table("Lines of all runs", columns, rows);
  }

  private Table kinds() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column.Text("sampler"));
    for (CaseKind kind : CaseKind.values()) {
      columns.add(new Column.Numeral(kind.word(), "", TWO));
    }
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(row(TARGET, results.target()));
    labels().forEach(label -> rows.add(row(label, results.law(label))));
    return new Table("Share of lines by what the list holds", columns, rows);
  }

  private static List<Cell> row(String name, CaseLaw law) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.of(name));
    for (CaseKind kind : CaseKind.values()) {
      row.add(Cell.of(law.share(kind)));
    }
    return row;
  }

  private Table examples() {
    List<List<Cell>> rows = new ArrayList<>();
    results.reference().stream()
        .limit(5)
        .forEach(draw -> rows.add(List.of(Cell.of(TARGET), Cell.of(line(draw.text())))));
    for (String label : labels()) {
      results.of(label).stream()
          .filter(run -> !run.example().isEmpty())
          .limit(3)
          .forEach(run -> rows.add(List.of(Cell.of(label), Cell.of(line(run.example())))));
    }
    List<Column> columns = List.of(new Column.Text("sampler"), new Column.Text("test case"));
    return new Table("Test cases", columns, rows);
  }

  private static String line(String completion) {
    return "assert app" + completion;
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
        + " right result, however improbable the model finds it. The target is the model's law of"
        + " its lines that pass: descents weighted to follow it, at "
        + results.referenceTokens()
        + " model tokens. Each sampler made "
        + plan.repeats()
        + " runs of "
        + plan.budget()
        + " model tokens; its law is the mean over runs of its weighted samples. Next-token laws are"
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
