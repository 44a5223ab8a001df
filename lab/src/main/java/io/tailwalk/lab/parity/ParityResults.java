package io.tailwalk.lab.parity;

import java.util.List;

/**
 * What was measured.
 *
 * @param lagging with the exact value of what the checks tell
 * @param learned with learned values, means over them
 * @param insights what each learned value knows
 */
record ParityResults(List<ParityCell> lagging, List<ParityCell> learned, List<Known> insights) {
  /** Keeps copies. */
  ParityResults {
    lagging = List.copyOf(lagging);
    learned = List.copyOf(learned);
    insights = List.copyOf(insights);
  }

  /** What one learned value knows of a task. */
  record Known(ParityTask task, Insight insight) {}

  /** The cells of a sampler, by rising length. */
  static List<ParityCell> of(List<ParityCell> cells, String sampler) {
    return cells.stream().filter(cell -> cell.sampler().equals(sampler)).toList();
  }
}
