package io.tailwalk.lab.dyck;

import java.util.List;

/**
 * All measurements.
 *
 * @param plan sizes
 * @param tree the target by enumeration
 * @param values learned values
 * @param frontier accuracy and diversity
 * @param rows error against the epochs of the value
 * @param outcomeLevel outcome-level rejection at the tokens of the rows
 */
record DyckResult(
    DyckPlan plan,
    CompletionTree tree,
    ValueSeries values,
    Frontier frontier,
    List<EpochRow> rows,
    Point outcomeLevel) {
  /** Keeps a copy. */
  DyckResult {
    rows = List.copyOf(rows);
  }
}
