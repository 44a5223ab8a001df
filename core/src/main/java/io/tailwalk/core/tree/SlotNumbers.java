package io.tailwalk.core.tree;

import java.util.HashMap;
import java.util.Map;

/**
 * Arrays with a number for each slot of a node, reused for nodes with equally many slots, so that
 * visiting a node with a large vocabulary allocates nothing of its size. Belongs to a tree and so
 * to one thread; who takes an array is done with it before another node is visited.
 */
public final class SlotNumbers {
  private final Map<Integer, double[]> first = new HashMap<>();
  private final Map<Integer, double[]> second = new HashMap<>();

  SlotNumbers() {}

  /** An array of a length, with any content. */
  public double[] first(int length) {
    return of(first, length);
  }

  /** Another array of a length, with any content. */
  public double[] second(int length) {
    return of(second, length);
  }

  /** Small arrays are cheaper made than kept. */
  private static double[] of(Map<Integer, double[]> kept, int length) {
    return length < EnumeratedChildren.WIDE
        ? new double[length]
        : kept.computeIfAbsent(length, double[]::new);
  }
}
