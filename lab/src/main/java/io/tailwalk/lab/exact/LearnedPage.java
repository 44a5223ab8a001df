package io.tailwalk.lab.exact;

import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Table;
import io.tailwalk.report.TableBuilder;
import java.util.ArrayList;
import java.util.List;

/** Divergences with learned values as a table and a plot. */
final class LearnedPage {
  private static final NumberStyle FOUR = NumberStyle.fixed(4);
  private static final List<String> WALKS = List.of(Entrant.VGB, Entrant.MOMENTUM);

  private LearnedPage() {}

  /** Exact divergence of descents, and measured divergence of particles and auto. */
  static Table table(List<LearnedCell> cells) {
    List<String> samplers =
        cells.getFirst().divergences().keySet().stream().filter(name -> !isWalk(name)).toList();
    return begin(
            "Divergence from the target: mean, least and largest over values; estimates may be"
                + " below"
                + " 0",
            cells)
        .each(
            samplers,
            (table, name) -> table.interval(name, "nats", FOUR, cell -> estimate(cell, name)))
        .build();
  }

  /** Divergence of the walks, which is almost 0. */
  static Table walks(List<LearnedCell> cells) {
    // Rounding can make the divergence negative if a distribution equals the target.
    return begin("Exact divergence of the walks, largest over values", cells)
        .each(
            WALKS,
            (table, name) ->
                table.number(
                    name,
                    "nats",
                    NumberStyle.significant(2),
                    cell -> Math.max(0, cell.largest(name))))
        .build();
  }

  private static TableBuilder<LearnedCell> begin(String caption, List<LearnedCell> cells) {
    return Table.of(caption, cells)
        .whole("H", "letters", LearnedCell::length)
        .whole("rollouts", LearnedCell::rollouts);
  }

  private static boolean isWalk(String sampler) {
    return WALKS.contains(sampler);
  }

  /** Probability that a descent, or a walk at its end, has a response with reward. */
  static Table successes(List<LearnedCell> cells) {
    return begin(
            "Probability of a response with reward at the end of a descent or of a walk's steps",
            cells)
        .number(
            "passing rollouts", "expected", NumberStyle.fixed(1), LearnedCell::expectedSuccesses)
        .each(
            List.of(Entrant.ACTION_LEVEL, Entrant.VGB, Entrant.MOMENTUM),
            (table, name) -> table.number(name, NumberStyle.fixed(3), cell -> cell.success(name)))
        .build();
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
      // Samplers that correct errors are at zero for any number: one curve each is enough.
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
        "Labels give the number of rollouts on which values were trained; samplers that correct"
            + " errors are shown for the smallest number only. Estimates below zero are drawn at"
            + " zero.",
        new Chart.Lines(
            Axis.linear("H", "letters").printed(NumberStyle.integer()),
            Axis.linear("divergence from the target", "nats"),
            lines));
  }
}
