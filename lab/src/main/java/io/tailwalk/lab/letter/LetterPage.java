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
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The figures of the experiment as a page.
 *
 * @param experiment the experiment
 * @param results its runs
 * @param compared its pairs
 */
record LetterPage(LetterExperiment experiment, LetterResults results, DuelResults compared) {
  private static final NumberStyle ONE = NumberStyle.fixed(1);
  private static final NumberStyle TWO = NumberStyle.fixed(2);

  /** Student's interval of two or three pairs is so wide that it would hide everything else. */
  private static final int ENOUGH_PAIRS = 4;

  List<Section> sections(LetterVerdict verdict) {
    return List.of(
        Section.of("Verdict", new Prose(verdict.summary())),
        Section.of("Pairs of VGB and action-level sampling", rates(), pairs()),
        Section.of("All samplers without the letter e, beside the verdict", plot()),
        Section.of("Comparison with action-level sampling", gains()),
        Section.of("Samplers", levels()),
        Section.of("Examples", examples()),
        Section.of("Method", new Prose(List.of(how(), whatIsKnown()))));
  }

  private Table rates() {
    record Row(String constraint, double alpha, Paired wins, long missing) {}
    List<Row> rows = new ArrayList<>();
    for (Constraint constraint : Constraint.ALL) {
      for (double alpha : experiment.duels().alphas()) {
        Predicate<Duel> here = d -> d.constraint().equals(constraint.label()) && d.alpha() == alpha;
        rows.add(
            new Row(
                constraint.label(),
                alpha,
                compared.winRate(here),
                compared.duels().stream().filter(here.and(d -> d.entrant().isEmpty())).count()));
      }
    }
    return Table.of("Win rate of VGB, 95% intervals; a run without a completion loses", rows)
        .text("constraint", Row::constraint)
        .text("alpha", row -> "" + row.alpha())
        .interval("win rate", "", TWO, row -> row.wins().estimate())
        .whole("no completion", Row::missing)
        .build();
  }

  private Table pairs() {
    return Table.of(
            "The first three pairs of each constraint and alpha",
            compared.duels().stream()
                .filter(d -> d.pair() < 3 * experiment.duels().alphas().size())
                .toList())
        .text("constraint", Duel::constraint)
        .text("alpha", d -> "" + d.alpha())
        .text("vgb", d -> d.entrant().strip().replace("\n", " / "))
        .text("action-level", d -> d.action().strip().replace("\n", " / "))
        .text("judge", d -> d.win() > 0.5 ? "vgb" : d.win() < 0.5 ? "action-level" : "tie")
        .build();
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
        "Log-probability under the judge minus that of action-level sampling",
        "Means over pairs of runs, with 95% intervals if there are at least "
            + ENOUGH_PAIRS
            + " pairs; above 0, the sampler's completions are more probable.",
        new Chart.Lines(
            Axis.linear("alpha", "").printed(NumberStyle.fixed(1)),
            Axis.linear("gain per completion", "nats").printed(ONE),
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
        .interval("judge, per completion", "nats", ONE, row -> row.of(LetterRun::judged))
        .interval("judge, per judge token", "nats", TWO, row -> row.of(LetterRun::judgedPerToken))
        .interval("model itself, per completion", "nats", ONE, row -> row.of(LetterRun::own))
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
        .whole("distinct", row -> row.runs().stream().mapToInt(LetterRun::returned).sum())
        .whole("pass", row -> row.runs().stream().mapToInt(LetterRun::passing).sum())
        .interval(
            "judge",
            "nats",
            ONE,
            row ->
                results.level(row.contender().label(), row.alpha(), LetterRun::judged).estimate())
        .interval(
            "model itself",
            "nats",
            ONE,
            row -> results.level(row.contender().label(), row.alpha(), LetterRun::own).estimate())
        .whole(
            "tokens",
            "per run",
            row -> row.runs().stream().mapToLong(LetterRun::modelTokens).average().orElse(0))
        .build();
  }

  private Table examples() {
    return Table.of(
            "First completion of each sampler's first run on each prompt",
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
    return "Completions have "
        + plan.tokens()
        + " tokens of "
        + model.name()
        + " ("
        + model.description()
        + ") and follow "
        + plan.prompts()
        + (LetterTask.prompt(experiment.model(), "") instanceof Prompt.Chat
            ? " prompts formatted by its chat template: "
            : " prompts in plain text: ")
        + String.join(
            " ", IntStream.range(0, plan.prompts()).mapToObj(LetterTask.PROMPTS::get).toList())
        + " End tokens are not allowed, so that all leaves have the same depth, as in the paper."
        + " Each"
        + " sampler makes "
        + plan.repeats()
        + " runs of "
        + plan.budget()
        + " model tokens on each prompt; particles and walks make "
        + plan.peerRepeats()
        + ", walks at each alpha. The judge scores the "
        + plan.n()
        + " requested completions of each run; under the model itself, every completion found"
        + " counts"
        + " with its weight. The judge is "
        + judge.name()
        + " ("
        + judge.description()
        + "), which reads the same prompt and scores the text in its own tokens. Next-token"
        + " distributions are cached between runs, but each run is charged as if it were alone.";
  }

  private String whatIsKnown() {
    return "Modelled on Figure 3 of arXiv 2510.03149, whose models had 0.5 and 1.5 billion"
        + " parameters; its numbers are not known to us. Action-level sampling, particles and auto"
        + " do not depend on alpha if all leaves have the same depth, so they ran once for all"
        + " alphas.";
  }
}
