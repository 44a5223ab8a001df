package io.tailwalk.lab.letter;

import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Prompt;
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
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
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
    record Row(String sampler, String alpha, Function<ToDoubleFunction<LetterRun>, Paired> gain) {
      Estimate of(ToDoubleFunction<LetterRun> quantity) {
        return gain.apply(quantity).estimate();
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Contender contender : contenders()) {
      String label = contender.label();
      if (label.equals(Contender.ACTION_LEVEL)) {
        continue;
      }
      if (contender.usesAlpha()) {
        for (double alpha : results.plan().alphas()) {
          rows.add(new Row(label, "" + alpha, of -> results.gain(label, alpha, of)));
        }
      }
      rows.add(
          new Row(
              label, contender.usesAlpha() ? "mean" : "any", of -> results.meanGain(label, of)));
    }
    return Table.of("Differences of paired runs, 95% intervals", rows)
        .text("sampler", Row::sampler)
        .text("alpha", Row::alpha)
        .interval("judge, a completion", "nats", ONE, row -> row.of(LetterRun::judged))
        .interval(
            "judge, a token of its own", "nats", TWO, row -> row.of(LetterRun::judgedPerToken))
        .interval("the model itself, a completion", "nats", ONE, row -> row.of(LetterRun::own))
        .build();
  }

  private List<Contender> contenders() {
    return Contender.all(results.plan().budget(), results.plan().tokens());
  }

  private Table levels() {
    record Row(Contender contender, double alpha, List<LetterRun> runs) {}
    List<Row> rows = new ArrayList<>();
    for (Contender contender : contenders()) {
      List<Double> alphas =
          contender.usesAlpha() ? results.plan().alphas() : results.plan().alphas().subList(0, 1);
      for (double alpha : alphas) {
        rows.add(new Row(contender, alpha, results.of(contender.label(), alpha)));
      }
    }
    return Table.of("Mean log-probability of a completion, 95% intervals", rows)
        .text("sampler", row -> row.contender().label())
        .text("alpha", row -> row.contender().usesAlpha() ? "" + row.alpha() : "any")
        .whole("different", row -> row.runs().stream().mapToInt(LetterRun::returned).sum())
        .whole("pass", row -> row.runs().stream().mapToInt(LetterRun::passing).sum())
        .interval(
            "judge",
            "nats",
            ONE,
            row ->
                results.level(row.contender().label(), row.alpha(), LetterRun::judged).estimate())
        .interval(
            "the model itself",
            "nats",
            ONE,
            row -> results.level(row.contender().label(), row.alpha(), LetterRun::own).estimate())
        .whole(
            "tokens",
            "a run",
            row -> row.runs().stream().mapToLong(LetterRun::modelTokens).average().orElse(0))
        .build();
  }

  private Table examples() {
    return Table.of(
            "The first completion of each sampler's first run on a prompt",
            results.runs().stream()
                .filter(run -> run.repeat() == 0 && !run.example().isEmpty())
                .toList())
        .text("sampler", LetterRun::label)
        .text("alpha", run -> Double.isNaN(run.alpha()) ? "any" : "" + run.alpha())
        .text("text", run -> run.example().strip().replace("\n", " / "))
        .build();
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
        + "), which reads the same prompt and scores the text in its own tokens. Next-token distributions are"
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
