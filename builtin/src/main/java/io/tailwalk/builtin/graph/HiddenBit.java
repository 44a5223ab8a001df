package io.tailwalk.builtin.graph;

/**
 * The exclusive or of the parities of all nodes in the first half of the middle layers. It
 * distinguishes classes that look alike; a model would have to learn a parity of many nodes to
 * detect it.
 *
 * <p>The paper takes half of all node positions, fixed once. Positions within a layer cannot be
 * seen in a prompt whose edges are shuffled, so complete layers are used here.
 */
public enum HiddenBit {
  /** Graphs of either bit. */
  EITHER,
  /** Graphs whose bit is 0. */
  ZERO,
  /** Graphs whose bit is 1. */
  ONE;

  /** Whether a graph with the given bit is allowed. */
  boolean allows(int bit) {
    return this == EITHER || (bit == 1) == (this == ONE);
  }

  /** The bit of a graph. */
  static int of(LayeredGraph graph, GraphShape shape) {
    int bit = 0;
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      for (int node : graph.layers().get(layer).nodes()) {
        bit ^= node & 1;
      }
    }
    return bit;
  }

  /**
   * The probability that a graph drawn without regard to the bit is allowed.
   *
   * <p>With b branching layers, j of them among the h hidden ones (hypergeometric), the pairs of
   * passable nodes give the bit {@code j mod 2}, and the other {@code h w - 2 j} hidden nodes are
   * drawn without replacement from the remaining integers after b even and b odd ones.
   */
  double probability(GraphShape shape, int branchingLayers) {
    if (this == EITHER) {
      return 1;
    }
    int hidden = shape.hiddenLayers();
    int odd = shape.vocabulary() / 2 - branchingLayers;
    int even = shape.vocabulary() - shape.vocabulary() / 2 - branchingLayers;
    double one = 0;
    for (int j = 0; j <= Math.min(hidden, branchingLayers); j++) {
      double both = hypergeometric(j, hidden, shape.middleLayers() - hidden, branchingLayers);
      int rest = hidden * shape.width() - 2 * j;
      for (int odds = 0; odds <= rest; odds++) {
        if (((odds + j) & 1) == 1) {
          one += both * hypergeometric(odds, odd, even, rest);
        }
      }
    }
    return this == ONE ? one : 1 - one;
  }

  /** The probability of {@code k} marked among {@code n} drawn from marked and others. */
  private static double hypergeometric(int k, int marked, int others, int n) {
    return Math.exp(
        logChoose(marked, k) + logChoose(others, n - k) - logChoose(marked + others, n));
  }

  private static double logChoose(int n, int k) {
    if (k < 0 || k > n) {
      return Double.NEGATIVE_INFINITY;
    }
    double sum = 0;
    for (int i = 1; i <= k; i++) {
      sum += Math.log((double) (n - k + i) / i);
    }
    return sum;
  }
}
