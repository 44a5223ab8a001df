package io.tailwalk.builtin.graph;

/**
 * The sizes of a layered graph and its tokens (arXiv 2510.15020, App. C.1): one source, {@code L}
 * middle layers, one target. Nodes are the integers below {@code vocabulary}, each its own token;
 * three separators follow.
 *
 * @param middleLayers L, at least 2
 * @param width nodes in each middle layer, at least 2
 * @param vocabulary m, number of integers from which nodes are drawn; at least the number of nodes
 */
public record GraphShape(int middleLayers, int width, int vocabulary) {
  /** Refuses sizes that have no graph. */
  public GraphShape {
    if (middleLayers < 2 || width < 2) {
      throw new IllegalArgumentException(
          "a layered graph needs at least 2 middle layers of at least 2 nodes, got "
              + middleLayers
              + " of "
              + width);
    }
    int nodes = Math.addExact(Math.multiplyExact(middleLayers, width), 2);
    if (vocabulary < nodes) {
      throw new IllegalArgumentException(
          "a graph of "
              + nodes
              + " nodes needs a vocabulary of at least this number of integers, got "
              + vocabulary);
    }
  }

  /** Nodes of a graph, including source and target. */
  public int numNodes() {
    return middleLayers * width + 2;
  }

  /** H, the tokens of a response: one node of each layer. */
  public int horizon() {
    return middleLayers + 2;
  }

  /** Number of tokens: the integers and three separators. */
  public int numTokens() {
    return vocabulary + 3;
  }

  /** The token between two edges. */
  public int edgeEnd() {
    return vocabulary;
  }

  /** The token before the question. */
  public int question() {
    return vocabulary + 1;
  }

  /** The token after the question, where the response begins. */
  public int answer() {
    return vocabulary + 2;
  }

  /**
   * The maximal number of tokens of a prompt.
   *
   * @param branchingLayers middle layers with two passable nodes
   */
  public int maxPromptTokens(int branchingLayers) {
    int full = Math.min(branchingLayers, middleLayers - 1);
    int edges = width + (middleLayers - 1 + full) * width + (branchingLayers > full ? 2 : 1);
    return 3 * edges + 3;
  }

  /** Layers, numbered 0 to L - 1, whose nodes' parities make the {@link HiddenBit}. */
  int hiddenLayers() {
    return middleLayers / 2;
  }
}
