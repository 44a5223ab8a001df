package io.tailwalk.lab.letter;

import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Prompt;
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
import java.util.stream.IntStream;

/**
 * The figures as a page.
 *
 * @param experiment what was run
 * @param results its runs
 */
record LetterPage(LetterExperiment experiment, LetterResults results) {
  private static final NumberStyle ONE = NumberStyle.fixed(1);
  private static final NumberStyle TWO = NumberStyle.fixed(2);

  /** Student's interval of two or three pairs is so wide that it would be all there is to see. */
  private static final int ENOUGH_PAIRS = 4;

  private static final NumberStyle WHOLE = NumberStyle.integer();

  List<Section> sections(LetterVerdict verdict) {
    return List.of(
        Section.of("Verdict", new Prose(verdict.summary()), plot()),
        Section.of("Against action-level sampling", gains()),
        Section.of("Samplers", levels()),
        Section.of("Examples", examples()),
        Section.of("How it was done", new Prose(List.of(how(), whatIsKnown()))));
  }

  private Plot plot() {
    List<Chart.Line> lines = new ArrayList<>();
    for (String label : List.of(Contender.VGB, Contender.MOMENTUM, Contender.SMC, Contender.AUTO)) {
      List<Chart.LinePoint> points = new ArrayList<>();
      for (double alpha : results.plan().alphas()) {
        Paired gain = results.gain(label, alpha, LetterRun::judged);
        boolean known = gain.pairs() >= ENOUGH_PAIRS;
        points.add(
            new Chart.LinePoint(alpha, known ? gain.estimate() : Estimate.exactly(gain.mean())));
      }
      lines.add(new Chart.Line(label, false, points));
    }
    return new Plot(
        "Log-probability under the judge over that of action-level sampling",
        "Means over pairs of runs, with 95% intervals where there are at least "
            + ENOUGH_PAIRS
            + "; above 0 the sampler's completions are the more probable ones.",
        new Chart.Lines(
            Axis.linear("alpha", "").printed(NumberStyle.fixed(1)),
            Axis.linear("gain of a completion", "nats").printed(ONE),
            lines));
  }

  private Table gains() {
    List<Column> columns =
        List.of(
            new Column.Text("sampler"),
            new Column.Text("alpha"),
            new Column.Interval("judge, a completion", "nats", ONE),
            new Column.Interval("judge, a token of its own", "nats", TWO),
            new Column.Interval("the model itself, a completion", "nats", ONE));
    List<List<Cell>> rows = new ArrayList<>();
    for (Contender contender : Contender.all(results.plan().budget(), results.plan().tokens())) {
      String label = contender.label();
      if (label.equals(Contender.ACTION_LEVEL)) {
        continue;
      }
      if (contender.usesAlpha()) {
        for (double alpha : results.plan().alphas()) {
          rows.add(
              row(
                  label,
                  "" + alpha,
                  results.gain(label, alpha, LetterRun::judged),
                  results.gain(label, alpha, LetterRun::judgedPerToken),
                  results.gain(label, alpha, LetterRun::own)));
        }
      }
      rows.add(
          row(
              label,
              contender.usesAlpha() ? "mean" : "any",
              results.meanGain(label, LetterRun::judged),
              results.meanGain(label, LetterRun::judgedPerToken),
              results.meanGain(label, LetterRun::own)));
    }
    return new Table("Differences of paired runs, 95% intervals", columns, rows);
  }

  private static List<Cell> row(String label, String alpha, Paired... gains) {
    List<Cell> row = new ArrayList<>(List.of(Cell.of(label), Cell.of(alpha)));
    for (Paired gain : gains) {
      row.add(Cell.of(gain.estimate()));
    }
    return row;
  }

  private Table levels() {
    List<Column> columns =
        List.of(
            new Column.Text("sampler"),
            new Column.Text("alpha"),
            new Column.Numeral("different", "", WHOLE),
            new Column.Numeral("pass", "", WHOLE),
            new Column.Interval("judge", "nats", ONE),
            new Column.Interval("the model itself", "nats", ONE),
            new Column.Numeral("tokens", "a run", WHOLE));
    List<List<Cell>> rows = new ArrayList<>();
    for (Contender contender : Contender.all(results.plan().budget(), results.plan().tokens())) {
      List<Double> alphas =
          contender.usesAlpha() ? results.plan().alphas() : results.plan().alphas().subList(0, 1);
      for (double alpha : alphas) {
        List<LetterRun> runs = results.of(contender.label(), alpha);
        rows.add(
            List.of(
                Cell.of(contender.label()),
                Cell.of(contender.usesAlpha() ? "" + alpha : "any"),
                Cell.of(runs.stream().mapToInt(LetterRun::returned).sum()),
                Cell.of(runs.stream().mapToInt(LetterRun::passing).sum()),
                Cell.of(results.level(contender.label(), alpha, LetterRun::judged).estimate()),
                Cell.of(results.level(contender.label(), alpha, LetterRun::own).estimate()),
                Cell.of(runs.stream().mapToLong(LetterRun::modelTokens).average().orElse(0))));
      }
    }
    return new Table("Mean log-probability of a completion, 95% intervals", columns, rows);
  }

  private Table examples() {
    List<List<Cell>> rows = new ArrayList<>();
    for (LetterRun run : results.runs()) {
      if (run.repeat() == 0 && !run.example().isEmpty()) {
        rows.add(
            List.of(
                Cell.of(run.label()),
                Cell.of(Double.isNaN(run.alpha()) ? "any" : "" + run.alpha()),
                Cell.of(run.example().strip().replace("\n", " / "))));
      }
    }
    List<Column> columns =
        List.of(new Column.Text("sampler"), new Column.Text("alpha"), new Column.Text("text"));
    return new Table("The first completion of each sampler's first run on a prompt", columns, rows);
  }

  private String how() {
    LetterPlan plan = results.plan();
    ModelIdentity model = experiment.model().identity();
    ModelIdentity judge = experiment.judge().identity();
    return "Completions are of "
        + plan.tokens()
        + " tokens of "
        + model.name()
        + " ("
        + model.description()
        + ") behind "
        + plan.prompts()
        + (LetterTask.prompt(experiment.model(), "") instanceof Prompt.Chat
            ? " prompts laid out by its chat template: "
            : " prompts as plain text: ")
        + String.join(
            " ", IntStream.range(0, plan.prompts()).mapToObj(LetterTask.PROMPTS::get).toList())
        + " End tokens are refused, so that all leaves have one depth, as in the paper. Each sampler"
        + " makes "
        + plan.repeats()
        + " runs of "
        + plan.budget()
        + " model tokens on each prompt, particles and walks "
        + plan.peerRepeats()
        + ", walks at each alpha. Judged are the "
        + plan.n()
        + " completions that a run is asked for; under the model itself every completion that it"
        + " finds counts by its weight. The judge is "
        + judge.name()
        + " ("
        + judge.description()
        + "), which reads the same prompt and scores the text in its own tokens. Next-token laws are"
        + " kept between runs, but each run is charged as if it were alone.";
  }

  private String whatIsKnown() {
    return "After Figure 3 of arXiv 2510.03149, whose models were of 0.5 and 1.5 billion parameters;"
        + " its numbers are not known to us. Action-level sampling, particles and auto"
        + " do not see alpha where all leaves have one depth, so they ran once for all alphas. A completion"
        + " is judged at least as good where the interval's lower end is above "
        + String.format(java.util.Locale.ROOT, "-%.1f", results.plan().margin())
        + " nats, a tenth of a nat a token.";
  }
}
