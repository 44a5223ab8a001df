package io.tailwalk.lab.generalise;

import io.tailwalk.lab.Plots;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Block;
import io.tailwalk.report.Cell;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Column;
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

/** The figures of the experiment as a page. */
final class TailPage {
  private static final NumberStyle THREE = NumberStyle.significant(3);

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
        new Section("Against sample size", sampleSize(n, fits, verdict)),
        Section.of("What the training data hide", gaps(n, fits)));
  }

  private static List<String> how(LinearProblem problem, int repeats) {
    return List.of(
        "Smaller is better everywhere. KL and Cov_N of a fitted model are exact; what is random is"
            + " the training data only: "
            + repeats
            + " data sets a sample size on the problem of "
            + problem.name()
            + String.format(
                Locale.ROOT,
                " (H up to %d, sigma*^2 = %.1f, B = %.0f), none on the rare prompt, where the"
                    + " expectation is a sum.",
                problem.features().horizon(),
                problem.inherentVariance(),
                problem.featureBound()),
        "The rare prompt has mass 1/(2n): with probability 0.6 it is not seen, and the estimate is"
            + " then any point of [-1, 1]; here either end, by a fair coin. Were it always the"
            + " middle, KL would still be 0.16 H/n with that probability. The skills' problem has"
            + " responses of 1 to 64 tokens; what is not yet seen at a sample size has length L with mass"
            + " about 1/L: about as slow a fall in log N as a KL of that size allows.");
  }

  private static List<Block> rarePrompt(RarePrompt[] rare) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                new Column.Numeral("H", "tokens", NumberStyle.integer()),
                new Column.Numeral("expected KL", "nats", THREE),
                new Column.Numeral("P[KL >= H/(4n)]", "", NumberStyle.fixed(3))));
    for (double level : TailExperiment.LEVELS) {
      columns.add(new Column.Numeral("expected " + coverage(level), "", THREE));
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (RarePrompt row : rare) {
      List<Cell> cells =
          new ArrayList<>(
              List.of(Cell.of((double) row.horizon()), Cell.of(row.kl()), Cell.of(row.klAbove())));
      Arrays.stream(row.coverage()).forEach(value -> cells.add(Cell.of(value)));
      rows.add(cells);
    }
    double[] h = RarePrompt.horizons(rare);
    List<Chart.Line> lines = new ArrayList<>(List.of(Plots.line("KL", h, RarePrompt.kls(rare))));
    for (int i = 0; i < TailExperiment.LEVELS.length; i += 2) {
      lines.add(
          Plots.line(
              coverage(TailExperiment.LEVELS[i]), h, RarePrompt.coverages(rare, i).toArray()));
    }
    return List.of(
        new Plot(
            "KL grows with the horizon, coverage does not",
            "Expectations over all data sets of " + rare[0].n() + " pairs (Proposition 3.2).",
            new Chart.Lines(
                Axis.linear("H", "tokens").on(Axis.Scale.LOG2).printed(NumberStyle.integer()),
                Axis.linear("KL (nats) or Cov_N", "").on(Axis.Scale.LOG10),
                lines)),
        new Table("Rare prompt, n = " + rare[0].n(), columns, rows));
  }

  private static List<Block> sampleSize(double[] n, List<FitRow> fits, TailVerdict verdict) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                new Column.Numeral("n", "samples", NumberStyle.integer()),
                new Column.Numeral("KL", "nats", THREE)));
    for (double level : TailExperiment.LEVELS) {
      columns.add(new Column.Numeral(coverage(level), "", THREE));
    }
    columns.add(new Column.Numeral("power of log N", "", NumberStyle.fixed(2)));
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < fits.size(); i++) {
      FitRow fit = fits.get(i);
      List<Cell> cells = new ArrayList<>(List.of(Cell.of((double) fit.n()), Cell.of(fit.kl())));
      Arrays.stream(fit.coverage()).forEach(value -> cells.add(Cell.of(value)));
      cells.add(Cell.of(verdict.exponents()[i]));
      rows.add(cells);
    }
    List<Chart.Line> lines =
        new ArrayList<>(
            List.of(Plots.line("KL", n, fits.stream().mapToDouble(FitRow::kl).toArray())));
    for (int i = 0; i < TailExperiment.LEVELS.length; i++) {
      int level = i;
      lines.add(
          Plots.line(
              coverage(TailExperiment.LEVELS[i]),
              n,
              fits.stream().mapToDouble(fit -> fit.coverage()[level]).toArray()));
    }
    double[] logs = Arrays.stream(TailExperiment.LEVELS).map(Math::log).toArray();
    List<Chart.Line> trend = new ArrayList<>();
    for (int i = 0; i < fits.size(); i += Math.max(1, fits.size() / 4)) {
      trend.add(Plots.line("n = " + fits.get(i).n(), logs, fits.get(i).coverage()));
    }
    double[] slope = Arrays.stream(logs).map(log -> fits.getFirst().kl() / 10 / log).toArray();
    trend.add(Plots.reference("falling like 1/log N", logs, slope));
    return List.of(
        new Plot(
            "The further out the tail, the fewer samples",
            "KL and Cov_N of the maximum likelihood fit, mean over data sets.",
            new Chart.Lines(
                Axis.linear("n", "samples").on(Axis.Scale.LOG2).printed(NumberStyle.integer()),
                Axis.linear("KL (nats) or Cov_N", "").on(Axis.Scale.LOG10),
                lines)),
        new Table("Maximum likelihood on skills of many lengths", columns, rows),
        new Plot(
            "Coverage against log N",
            "Theorem 4.1 promises 1/log N for its fine part; the dashed line has that slope.",
            new Chart.Lines(
                Axis.linear("log N", "nats").on(Axis.Scale.LOG2),
                Axis.linear("Cov_N", "").on(Axis.Scale.LOG10),
                trend)));
  }

  private static Plot gaps(double[] n, List<FitRow> fits) {
    List<Chart.Line> lines =
        new ArrayList<>(
            List.of(Plots.line("KL", n, fits.stream().mapToDouble(FitRow::klGap).toArray())));
    for (int i = 0; i < TailExperiment.LEVELS.length; i++) {
      int level = i;
      lines.add(
          Plots.line(
              coverage(TailExperiment.LEVELS[i]),
              n,
              fits.stream().mapToDouble(fit -> fit.coverageGap()[level]).toArray()));
    }
    return new Plot(
        "Distance from the training data's own figure",
        "Mean distance between KL and the mean log ratio of the training data, and between Cov_N"
            + " and the share of training data whose log ratio is at least log N.",
        new Chart.Lines(
            Axis.linear("n", "samples").on(Axis.Scale.LOG2).printed(NumberStyle.integer()),
            Axis.linear("distance", "").on(Axis.Scale.LOG10),
            lines));
  }

  private static String coverage(double level) {
    return "Cov_" + String.format(Locale.ROOT, "%.0f", level);
  }
}
