package io.tailwalk.runs.checkpoints;

import io.tailwalk.tables.scores.ScoreRow;
import io.tailwalk.tables.scores.ScoreTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Aggregates a score table in parts, one per processor, and merges the parts. */
public final class Parts {
  private static final int MOST = 8;

  private Parts() {}

  /**
   * Returns the aggregate of all rows. The numbers do not depend on how rows are distributed over
   * the parts.
   *
   * @param empty creates an empty aggregate
   * @param add adds one row to an aggregate
   * @param merge adds the second aggregate to the first
   */
  public static <A> A gather(
      ScoreTable table, Supplier<A> empty, BiConsumer<A, ScoreRow> add, BiConsumer<A, A> merge) {
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST);
    List<A> parts = new ArrayList<>();
    List<Consumer<ScoreRow>> visitors = new ArrayList<>();
    for (int part = 0; part < threads; part++) {
      A aggregate = empty.get();
      parts.add(aggregate);
      visitors.add(row -> add.accept(aggregate, row));
    }
    table.forEach(visitors);
    A whole = parts.getFirst();
    parts.subList(1, threads).forEach(part -> merge.accept(whole, part));
    return whole;
  }
}
