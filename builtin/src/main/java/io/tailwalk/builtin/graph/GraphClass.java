package io.tailwalk.builtin.graph;

/**
 * A class of graphs with the rule of their responses.
 *
 * @param name for tables
 * @param branchingLayers number of middle layers, drawn at random, with two passable nodes, one
 *     even and one odd; the others have one
 * @param rule how a response continues in these layers
 * @param hiddenBit the graphs that belong to the class
 */
public record GraphClass(String name, int branchingLayers, PathRule rule, HiddenBit hiddenBit) {
  /** Refuses a negative number of layers. */
  public GraphClass {
    if (branchingLayers < 0) {
      throw new IllegalArgumentException(
          "branching layers must be at least 0, got " + branchingLayers);
    }
  }
}
