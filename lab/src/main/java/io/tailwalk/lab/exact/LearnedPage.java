package io.tailwalk.lab.exact;

import io.tailwalk.report.Axis;
import io.tailwalk.report.Cell;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Column;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Table;
import java.util.ArrayList;
import java.util.List;

/** Divergences with learned values as a table and a plot. */
final class LearnedPage {
  private static final NumberStyle FOUR = NumberStyle.fixed(4);

  private LearnedPage() {}

  static Table table(List<LearnedCell> cells) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column.Numeral("H", "letters", NumberStyle.integer()));
    columns.add(new Column.Numeral("rollouts", "", NumberStyle.integer()));
    List<String> samplers = List.copyOf(cells.getFirst().divergences().keySet());
    for (String name : samplers) {
      columns.add(
          isWalk(name)
              ? new Column.Numeral(name + ", largest", "nats", NumberStyle.significant(2))
              : new Column.Interval(name, "nats", FOUR));
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (LearnedCell cell : cells) {
      List<Cell> row =
          new ArrayList<>(
              List.of(Cell.of((double) cell.length()), Cell.of((double) cell.rollouts())));
      for (String name : samplers) {
        // Rounding leaves less than nothing where a law is the target's.
        row.add(
            isWalk(name)
                ? Cell.of(Math.max(0, cell.largest(name)))
                : Cell.of(estimate(cell, name)));
      }
      rows.add(row);
    }
    return new Table(
        "Kullback-Leibler divergence from the target: mean over values, in brackets the least and"
            + " the largest; of the walks, which are all but there, the largest. Worked out for descents and walks; measured and corrected for bias for"
            + " the others, so it may fall below zero.",
        columns,
        rows);
  }

  private static boolean isWalk(String sampler) {
    return sampler.equals(Entrant.VGB) || sampler.equals(Entrant.MOMENTUM);
  }

  /** How often a descent, or a walk at its end, has a response with reward. */
  static Table successes(List<LearnedCell> cells) {
    List<String> names = List.of(Entrant.ACTION_LEVEL, Entrant.VGB, Entrant.MOMENTUM);
    List<Column> columns = new ArrayList<>();
    columns.add(new Column.Numeral("H", "letters", NumberStyle.integer()));
    columns.add(new Column.Numeral("rollouts", "", NumberStyle.integer()));
    columns.add(new Column.Numeral("successes among them", "expected", NumberStyle.fixed(1)));
    names.forEach(name -> columns.add(new Column.Numeral(name, "", NumberStyle.fixed(3))));
    List<List<Cell>> rows = new ArrayList<>();
    for (LearnedCell cell : cells) {
      List<Cell> row =
          new ArrayList<>(
              List.of(
                  Cell.of((double) cell.length()),
                  Cell.of((double) cell.rollouts()),
                  Cell.of(cell.expectedSuccesses())));
      names.forEach(name -> row.add(Cell.of(cell.success(name))));
      rows.add(row);
    }
    return new Table(
        "Probability of a response with reward: at the end of a descent, and of a walk's steps",
        columns,
        rows);
  }

  private static Estimate estimate(LearnedCell cell, String sampler) {
    double mean = cell.mean(sampler);
    return new Estimate(
        Math.min(mean, cell.least(sampler)), mean, Math.max(mean, cell.largest(sampler)));
  }

  static Plot plot(List<LearnedCell> cells) {
    List<Chart.Line> lines = new ArrayList<>();
    List<Integer> counts = cells.stream().map(LearnedCell::rollouts).distinct().sorted().toList();
    for (String sampler : cells.getFirst().divergences().keySet()) {
      for (int count : counts) {
        List<Chart.LinePoint> points =
            cells.stream()
                .filter(cell -> cell.rollouts() == count)
                .map(cell ->
                    new Chart.LinePoint(
                        cell.length(), Estimate.exactly(Math.max(0, cell.mean(sampler)))))
                .toList();
        lines.add(new Chart.Line(sampler + ", " + count, false, points));
      }
    }
    return new Plot(
        "Divergence with learned values against the length",
        "One curve for each sampler and number of rollouts that its values were trained on; estimates"
            + " below zero are drawn at zero.",
        new Chart.Lines(
            Axis.linear("H", "letters").printed(NumberStyle.integer()),
            Axis.linear("divergence from the target", "nats"),
            lines));
  }
}
