package io.tailwalk.lab.parity;

import io.tailwalk.lab.Scale;
import java.util.List;

/**
 * The size of a run.
 *
 * @param blocks at least two increasing numbers of blocks of five letters, each from 1 to {@link
 *     #MOST_BLOCKS}
 * @param rollouts rollouts from which each value is learned, at least 2
 * @param values values learned for each length, at least 1
 * @param searches searches of each sampler with each value, at least 2
 */
public record ParityPlan(List<Integer> blocks, int rollouts, int values, int searches) {
  /** Largest number of blocks; the right prefixes, all visited, grow fourfold per block. */
  public static final int MOST_BLOCKS = 10;

  private static final int BITS = 2;
  private static final int LATE = 1;

  /** Keeps a copy and refuses numbers out of range. */
  public ParityPlan {
    blocks = List.copyOf(blocks);
    if (blocks.size() < 2
        || !blocks.equals(blocks.stream().distinct().sorted().toList())
        || blocks.getFirst() < 1
        || blocks.getLast() > MOST_BLOCKS) {
      throw new IllegalArgumentException(
          "blocks must be at least two numbers from 1 to "
              + MOST_BLOCKS
              + " in increasing order, got "
              + blocks);
    }
    atLeast(2, "rollouts", rollouts);
    atLeast(1, "values", values);
    atLeast(2, "searches", searches);
  }

  private static void atLeast(int least, String name, int number) {
    if (number < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", got " + number);
    }
  }

  /** The plan of a scale. */
  public static ParityPlan of(Scale scale) {
    return scale == Scale.FULL
        ? new ParityPlan(List.of(2, 3, 4, 5, 6, 7, 8), 40_000, 5, 200)
        : new ParityPlan(List.of(2, 4, 6, 8), 10_000, 2, 100);
  }

  /** The tasks by ascending length. */
  List<ParityTask> tasks() {
    return blocks.stream().map(count -> new ParityTask(count, BITS, LATE)).toList();
  }

  /** Number of pieces of work. */
  int pieces() {
    return blocks.size() * (values + 1) * Searcher.all().size();
  }
}
