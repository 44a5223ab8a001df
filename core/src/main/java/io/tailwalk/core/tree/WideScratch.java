package io.tailwalk.core.tree;

import io.tailwalk.core.Exponentials;

/**
 * Room for numbers of all tokens of a large vocabulary, so that nothing of that size is allocated
 * for a node. Shared by the nodes of a tree, which belongs to one thread; each use ends before the
 * next begins.
 */
final class WideScratch {
  private final double[] numbers;
  private final double[] block = new double[Exponentials.BLOCK];
  private final Exponentials exponentials = new Exponentials();

  /** Makes room for a vocabulary. */
  WideScratch(int tokens) {
    this.numbers = new double[tokens];
  }

  /** A number for each token. */
  double[] numbers() {
    return numbers;
  }

  /** A number for each token of a block. */
  double[] block() {
    return block;
  }

  /** Takes exponentials. */
  Exponentials exponentials() {
    return exponentials;
  }
}
