package io.tailwalk.lab.generalise;

import io.tailwalk.lab.Plots;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Block;
import io.tailwalk.report.Chart;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.train.linear.LinearProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The figures of the experiment as a page. */
final class TailPage {
  private static final NumberStyle THREE = NumberStyle.significant(3);

  /** Indices of the levels of coverage. */
  private static final List<Integer> LEVELS =
      IntStream.range(0, TailExperiment.LEVELS.length).boxed().toList();

  private TailPage() {}

  static List<Section> sections(
      LinearProblem problem,
      int repeats,
      RarePrompt[] rare,
      List<FitRow> fits,
      TailVerdict verdict) {
    double[] n = fits.stream().mapToDouble(FitRow::n).toArray();
    return List.of(
        new Section(
            "Verdict", List.of(new Prose(verdict.summary()), new Prose(how(problem, repeats)))),
        new Section("A rare prompt, over all data sets", rarePrompt(rare)),
        new Section("Dependence on the sample size", sampleSize(n, fits, verdict)),
        Section.of("Generalisation gap", gaps(n, fits)));
  }

  private static List<String> how(LinearProblem problem, int repeats) {
    return List.of(
        "Smaller is better everywhere. KL and Cov_N of a fitted model are exact; only the training"
            + " data are random: "
            + repeats
            + " data sets per sample size on the problem of "
            + problem.name()
            + String.format(
                Locale.ROOT,
                " (H up to %d, sigma*^2 = %.1f, B = %.0f). The rare prompt needs no data sets,"
                    + " since"
                    + " the expectation is computed as a sum.",
                problem.features().horizon(),
                problem.inherentVariance(),
                problem.featureBound()),
        "The rare prompt has probability 1/(2n). With probability 0.6 it is not seen, and the"
            + " estimate is then any point of [-1, 1]; here, a fair coin chooses one of the two"
            + " ends."
            + " With the middle instead, KL would still be 0.16 H/n with the same probability. The"
            + " problem of skills has responses of 1 to 64 tokens. The skills that are unseen at a"
            + " sample size have length L with probability about 1/L, which makes Cov_N fall in"
            + " log N about as slowly as a KL of this size allows.");
  }

  private static List<Block> rarePrompt(RarePrompt[] rare) {
    Table table =
        Table.of("Rare prompt, n = " + rare[0].n(), List.of(rare))
            .whole("H", "tokens", RarePrompt::horizon)
            .number("expected KL", "nats", THREE, RarePrompt::kl)
            .number("P[KL >= H/(4n)]", NumberStyle.fixed(3), RarePrompt::klAbove)
            .each(
                LEVELS,
                (columns, i) ->
                    columns.number("expected " + coverage(i), THREE, row -> row.coverage()[i]))
            .build();
    double[] h = RarePrompt.horizons(rare);
    List<Chart.Line> lines = new ArrayList<>(List.of(Plots.line("KL", h, RarePrompt.kls(rare))));
    for (int i = 0; i < LEVELS.size(); i += 2) {
      lines.add(Plots.line(coverage(i), h, RarePrompt.coverages(rare, i).toArray()));
    }
    return List.of(
        new Plot(
            "KL grows with the horizon, coverage does not",
            "Expectations over all data sets of " + rare[0].n() + " pairs (Proposition 3.2).",
            new Chart.Lines(
                Axis.linear("H", "tokens").on(Axis.Scale.LOG2).printed(NumberStyle.integer()),
                Axis.linear("KL (nats) or Cov_N", "").on(Axis.Scale.LOG10),
                lines)),
        table);
  }

  private static List<Block> sampleSize(double[] n, List<FitRow> fits, TailVerdict verdict) {
    Table table =
        Table.of(
                "Maximum likelihood on skills of many lengths",
                IntStream.range(0, fits.size()).boxed().toList())
            .whole("n", "samples", i -> fits.get(i).n())
            .number("KL", "nats", THREE, i -> fits.get(i).kl())
            .each(
                LEVELS,
                (columns, level) ->
                    columns.number(coverage(level), THREE, i -> fits.get(i).coverage()[level]))
            .number("power of log N", NumberStyle.fixed(2), i -> verdict.exponents()[i])
            .build();
    double[] logs = Arrays.stream(TailExperiment.LEVELS).map(Math::log).toArray();
    List<Chart.Line> trend = new ArrayList<>();
    for (int i = 0; i < fits.size(); i += Math.max(1, fits.size() / 4)) {
      trend.add(Plots.line("n = " + fits.get(i).n(), logs, fits.get(i).coverage()));
    }
    double[] slope = Arrays.stream(logs).map(log -> fits.getFirst().kl() / 10 / log).toArray();
    trend.add(Plots.reference("falling like 1/log N", logs, slope));
    return List.of(
        new Plot(
            "Coverage further in the tail needs fewer samples",
            "KL and Cov_N of the maximum likelihood fit, mean over data sets.",
            new Chart.Lines(
                Axis.linear("n", "samples").on(Axis.Scale.LOG2).printed(NumberStyle.integer()),
                Axis.linear("KL (nats) or Cov_N", "").on(Axis.Scale.LOG10),
                lines(n, fits, FitRow::kl, FitRow::coverage))),
        table,
        new Plot(
            "Coverage against log N",
            "Theorem 4.1 predicts 1/log N for the fine part; the dashed line has this slope.",
            new Chart.Lines(
                Axis.linear("log N", "nats").on(Axis.Scale.LOG2),
                Axis.linear("Cov_N", "").on(Axis.Scale.LOG10),
                trend)));
  }

  private static Plot gaps(double[] n, List<FitRow> fits) {
    return new Plot(
        "Distance from the figure on the training data",
        "Mean distance between KL and the mean log ratio of the training data, and between Cov_N"
            + " and the share of the training data whose log ratio is at least log N.",
        new Chart.Lines(
            Axis.linear("n", "samples").on(Axis.Scale.LOG2).printed(NumberStyle.integer()),
            Axis.linear("distance", "").on(Axis.Scale.LOG10),
            lines(n, fits, FitRow::klGap, FitRow::coverageGap)));
  }

  /** KL and coverage at every level. */
  private static List<Chart.Line> lines(
      double[] n,
      List<FitRow> fits,
      ToDoubleFunction<FitRow> kl,
      Function<FitRow, double[]> coverage) {
    List<Chart.Line> lines = new ArrayList<>();
    lines.add(Plots.line("KL", n, fits.stream().mapToDouble(kl).toArray()));
    for (int level : LEVELS) {
      lines.add(
          Plots.line(
              coverage(level),
              n,
              fits.stream().mapToDouble(fit -> coverage.apply(fit)[level]).toArray()));
    }
    return lines;
  }

  private static String coverage(int level) {
    return "Cov_" + String.format(Locale.ROOT, "%.0f", TailExperiment.LEVELS[level]);
  }
}
