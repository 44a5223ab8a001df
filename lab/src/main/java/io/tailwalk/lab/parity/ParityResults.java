package io.tailwalk.lab.parity;

import java.util.List;

/**
 * The measurements.
 *
 * @param lagging cells with the lagging value, which is exact given the checks
 * @param learned cells with learned values, means over the values
 * @param insights knowledge of each learned value
 */
record ParityResults(List<ParityCell> lagging, List<ParityCell> learned, List<Known> insights) {
  /** Keeps copies. */
  ParityResults {
    lagging = List.copyOf(lagging);
    learned = List.copyOf(learned);
    insights = List.copyOf(insights);
  }

  /** The knowledge of one learned value about a task. */
  record Known(ParityTask task, Insight insight) {}

  /** The cells of a sampler, by ascending length. */
  static List<ParityCell> of(List<ParityCell> cells, String sampler) {
    return cells.stream().filter(cell -> cell.sampler().equals(sampler)).toList();
  }
}
