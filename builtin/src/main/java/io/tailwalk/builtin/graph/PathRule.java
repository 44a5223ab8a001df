package io.tailwalk.builtin.graph;

/**
 * How a response continues if two nodes are passable, one even and one odd. Layers are numbered
 * from 1, the source's, so that middle layer i from 0 has number i + 2.
 */
public enum PathRule {
  /** The node whose parity is that of the layer's number. */
  LAYER_PARITY,
  /** The node whose parity is not that of the layer's number. */
  OPPOSITE_PARITY,
  /**
   * The node whose parity is that of the layer's number, exclusive or the parities of all passable
   * nodes of the middle layers.
   */
  GLOBAL_PARITY,
  /** Either, with probability 1/2. */
  UNIFORM;

  /** Whether the rule allows only one path. */
  public boolean isDeterministic() {
    return this != UNIFORM;
  }

  /**
   * The parity of the next node.
   *
   * @param middleLayer from 0
   * @throws IllegalStateException for {@link #UNIFORM}
   */
  int parity(LayeredGraph graph, int middleLayer) {
    int number = middleLayer & 1;
    return switch (this) {
      case LAYER_PARITY -> number;
      case OPPOSITE_PARITY -> 1 - number;
      case GLOBAL_PARITY -> number ^ graph.passableParity();
      case UNIFORM -> throw new IllegalStateException("a uniform rule has no parity");
    };
  }
}
