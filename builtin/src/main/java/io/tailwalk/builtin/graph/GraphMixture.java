package io.tailwalk.builtin.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Classes of graphs with their weights.
 *
 * @param classes at least one
 * @param weights of the classes; at least 0, they sum to 1
 */
public record GraphMixture(List<GraphClass> classes, List<Double> weights) {
  private static final double ROUNDING = 1e-9;

  /** Keeps copies; refuses weights that are not a distribution. */
  public GraphMixture {
    classes = List.copyOf(classes);
    weights = List.copyOf(weights);
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    boolean isDistribution =
        weights.stream().allMatch(w -> w >= 0) && Math.abs(sum - 1) <= ROUNDING;
    if (classes.isEmpty() || classes.size() != weights.size() || !isDistribution) {
      throw new IllegalArgumentException(
          "a mixture needs one weight for each class, at least 0 and 1 in sum, got "
              + weights
              + " for "
              + classes.size()
              + " classes");
    }
  }

  /**
   * The classes G1, G2 and G3 of the paper's fine-tuning experiment (App. C.2): the layer's parity
   * if the hidden bit is 1, the opposite one if it is 0, and uniform over all paths.
   *
   * @param branchingLayers 2 in the paper, hence 4 paths
   */
  public static GraphMixture ofRules(
      int branchingLayers, double layerParity, double oppositeParity, double uniform) {
    return new GraphMixture(
        List.of(
            new GraphClass("G1", branchingLayers, PathRule.LAYER_PARITY, HiddenBit.ONE),
            new GraphClass("G2", branchingLayers, PathRule.OPPOSITE_PARITY, HiddenBit.ZERO),
            new GraphClass("G3", branchingLayers, PathRule.UNIFORM, HiddenBit.EITHER)),
        List.of(layerParity, oppositeParity, uniform));
  }

  /**
   * The classes of the paper's horizon experiment (App. C.3), 0.94, 0.05 and 0.01: one path; half
   * of the layers branching, with a rule that depends on the complete graph; and uniform over the
   * paths of a fixed number of branching layers.
   *
   * @param uniformLayers 4 in the paper, hence 16 paths
   */
  public static GraphMixture ofHorizon(int middleLayers, int uniformLayers) {
    return new GraphMixture(
        List.of(
            new GraphClass("one path", 0, PathRule.UNIFORM, HiddenBit.EITHER),
            new GraphClass(
                "global rule", middleLayers / 2, PathRule.GLOBAL_PARITY, HiddenBit.EITHER),
            new GraphClass("uniform", uniformLayers, PathRule.UNIFORM, HiddenBit.EITHER)),
        List.of(0.94, 0.05, 0.01));
  }

  /** Its maximal number of branching layers. */
  public int maxBranchingLayers() {
    return classes.stream().mapToInt(GraphClass::branchingLayers).max().orElseThrow();
  }

  /** One class alone. */
  public List<GraphMixture> each() {
    List<GraphMixture> each = new ArrayList<>();
    for (GraphClass only : classes) {
      each.add(new GraphMixture(List.of(only), List.of(1.0)));
    }
    return each;
  }
}
