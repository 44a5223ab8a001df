package io.tailwalk.llama;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The plan of one round of decoding: cells to fill, and tokens to decode again. */
final class Wave {
  private final List<BatchEntry> fills = new ArrayList<>();
  private final List<BatchEntry> again = new ArrayList<>();
  private final List<Integer> againSequences = new ArrayList<>();

  BatchEntry fill(PathNode node) {
    BatchEntry entry = BatchEntry.filling(node);
    fills.add(entry);
    return entry;
  }

  BatchEntry again(PathNode node, int sequence) {
    BatchEntry entry = BatchEntry.again(node, sequence);
    again.add(entry);
    againSequences.add(sequence);
    return entry;
  }

  List<BatchEntry> again() {
    return again;
  }

  /** The sequences that hold a token only during the wave. */
  List<Integer> againSequences() {
    return againSequences;
  }

  /** Tokens of a sequence beyond its end in the tree: 1 or 0. */
  int extraTokens(int sequence) {
    return againSequences.contains(sequence) ? 1 : 0;
  }

  /** Every entry, parents before children. */
  List<BatchEntry> inDepthOrder() {
    List<BatchEntry> entries = new ArrayList<>(fills);
    entries.addAll(again);
    entries.sort(Comparator.comparingInt(BatchEntry::depth));
    return entries;
  }
}
