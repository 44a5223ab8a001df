package io.tailwalk.builtin.graph;

/**
 * A class of graphs with the rule of their responses.
 *
 * @param name for tables
 * @param branchingLayers how many middle layers, drawn at random, have two passable nodes, one even
 *     and one odd; the others have one
 * @param rule how a response goes on in these layers
 * @param hiddenBit which graphs belong to the class
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
