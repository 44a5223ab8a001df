package io.tailwalk.report;

import java.util.ArrayList;
import java.util.List;

/** Blocks of the made-up page that need some words of their own. */
final class ExampleBlocks {
  private ExampleBlocks() {}

  /** Estimates of zero, intervals down to it, and one that goes on far below the axis. */
  static Plot dots() {
    List<String> prompts = new ArrayList<>(List.of("letter", "ball", "morning"));
    prompts.add(ExamplePage.HOSTILE.getFirst());
    List<Chart.BarSeries> series = new ArrayList<>();
    // In another order than in the charts before.
    for (int s = ExamplePage.SAMPLERS.size() - 1; s >= 2; s--) {
      double p = Math.pow(10, -2.0 - s);
      series.add(
          new Chart.BarSeries(
              ExamplePage.SAMPLERS.get(s),
              List.of(
                  new Estimate(0, 0, 0.02),
                  new Estimate(p / 8, p, Math.min(1, 20 * p)),
                  new Estimate(s == 3 ? 1e-30 : 0, p, 0.5),
                  s == 2 ? Estimate.exactly(Double.NaN) : Estimate.exactly(p))));
    }
    return new Plot(
        "Success probability by prompt",
        "Points are estimates and bars 95% intervals; a hollow point is an estimate of zero.",
        new Chart.Dots(
            "Prompt",
            prompts,
            Axis.linear("success probability", "").on(Axis.Scale.LOG10),
            series));
  }

  /** A walk with a branch that it leaves and comes back from. */
  static Replay walk() {
    List<Replay.Node> nodes = new ArrayList<>();
    nodes.add(new Replay.Node(-1, "", 0, 0, Double.NaN, Replay.Kind.INNER));
    nodes.add(new Replay.Node(0, " a", 1, -1, 0.5, Replay.Kind.INNER));
    nodes.add(new Replay.Node(1, " ship sails", 2, -2.5, 1, Replay.Kind.PASSED));
    nodes.add(new Replay.Node(1, ExamplePage.HOSTILE.getFirst(), 2, -3, 0, Replay.Kind.FAILED));
    nodes.add(new Replay.Node(0, " nobody", 1, -4, 0.25, Replay.Kind.INNER));
    return new Replay(
        "The walk", "Depth goes from left to right.", nodes, List.of(0, 1, 2, 1, 3, 1, 0, 4, 0));
  }
}
