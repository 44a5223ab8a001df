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
  private static final List<String> WALKS = List.of(Entrant.VGB, Entrant.MOMENTUM);

  private LearnedPage() {}

  /** Divergence of descents, worked out, and of particles and auto, measured. */
  static Table table(List<LearnedCell> cells) {
    List<String> samplers =
        cells.getFirst().divergences().keySet().stream().filter(name -> !isWalk(name)).toList();
    List<Column> columns = begin();
    samplers.forEach(name -> columns.add(new Column.Interval(name, "nats", FOUR)));
    List<List<Cell>> rows = new ArrayList<>();
    for (LearnedCell cell : cells) {
      List<Cell> row = begin(cell);
      samplers.forEach(name -> row.add(Cell.of(estimate(cell, name))));
      rows.add(row);
    }
    return new Table(
        "Divergence from the target, mean, least and largest over values; measured ones may be"
            + " below 0",
        columns,
        rows);
  }

  /** Divergence of the walks, which are all but there. */
  static Table walks(List<LearnedCell> cells) {
    List<Column> columns = begin();
    WALKS.forEach(
        name -> columns.add(new Column.Numeral(name, "nats", NumberStyle.significant(2))));
    List<List<Cell>> rows = new ArrayList<>();
    for (LearnedCell cell : cells) {
      List<Cell> row = begin(cell);
      // Rounding leaves less than nothing where a law is the target's.
      WALKS.forEach(name -> row.add(Cell.of(Math.max(0, cell.largest(name)))));
      rows.add(row);
    }
    return new Table("Divergence of the walks, the largest over values, worked out", columns, rows);
  }

  private static List<Column> begin() {
    return new ArrayList<>(
        List.of(
            new Column.Numeral("H", "letters", NumberStyle.integer()),
            new Column.Numeral("rollouts", "", NumberStyle.integer())));
  }

  private static List<Cell> begin(LearnedCell cell) {
    return new ArrayList<>(
        List.of(Cell.of((double) cell.length()), Cell.of((double) cell.rollouts())));
  }

  private static boolean isWalk(String sampler) {
    return WALKS.contains(sampler);
  }

  /** How often a descent, or a walk at its end, has a response with reward. */
  static Table successes(List<LearnedCell> cells) {
    List<String> names = List.of(Entrant.ACTION_LEVEL, Entrant.VGB, Entrant.MOMENTUM);
    List<Column> columns = begin();
    columns.add(new Column.Numeral("successes among them", "expected", NumberStyle.fixed(1)));
    names.forEach(name -> columns.add(new Column.Numeral(name, "", NumberStyle.fixed(3))));
    List<List<Cell>> rows = new ArrayList<>();
    for (LearnedCell cell : cells) {
      List<Cell> row = begin(cell);
      row.add(Cell.of(cell.expectedSuccesses()));
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
      // Those that correct themselves lie on zero at any number: one curve each is enough.
      for (int count : sampler.equals(Entrant.ACTION_LEVEL) ? counts : counts.subList(0, 1)) {
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
        "With the number of rollouts that values were trained on; of the samplers that correct"
            + " themselves, the fewest only. Estimates below zero are drawn at zero.",
        new Chart.Lines(
            Axis.linear("H", "letters").printed(NumberStyle.integer()),
            Axis.linear("divergence from the target", "nats"),
            lines));
  }
}
