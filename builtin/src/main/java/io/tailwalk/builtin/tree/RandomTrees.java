package io.tailwalk.builtin.tree;

import io.tailwalk.core.random.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random trees with all edge cases: leaves at different depths, chains of single children,
 * probabilities down to 1e-12 and some of exactly 0, tilts of 0, and values that are 0 if and only
 * if no leaf below has a tilt, so that no probability is lost.
 */
public final class RandomTrees {
  private static final double TINY = 1e-12;

  private RandomTrees() {}

  /**
   * A tree of depth at most 6 and at most 3 children per node, with {@code Z > 0}.
   *
   * @param seed the same seed gives the same tree
   */
  public static FiniteTree of(long seed) {
    for (long attempt = 0; ; attempt++) {
      RandomGenerator random = Streams.of(seed, attempt);
      FiniteTree tree = withNoisyValues(shape("random-" + seed, random), random);
      if (tree.logZ() > Double.NEGATIVE_INFINITY) {
        return tree;
      }
    }
  }

  private static FiniteTree shape(String name, RandomGenerator random) {
    int maxDepth = 2 + random.nextInt(5);
    var nodes = new ArrayList<TreeNode>(List.of(TreeNode.root("r")));
    grow(nodes, "r", maxDepth, random);
    return FiniteTree.of(name, nodes);
  }

  private static void grow(
      List<TreeNode> nodes, String parent, int depthLeft, RandomGenerator random) {
    double[] pi = distribution(1 + random.nextInt(3), random);
    for (int i = 0; i < pi.length; i++) {
      String id = parent + i;
      boolean isLeaf = depthLeft == 1 || random.nextDouble() < 0.25;
      if (isLeaf) {
        nodes.add(TreeNode.leaf(id, parent, pi[i], tilt(random)));
      } else {
        nodes.add(TreeNode.inner(id, parent, pi[i], 1));
        grow(nodes, id, depthLeft - 1, random);
      }
    }
  }

  private static double tilt(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> 1;
      default -> Math.exp(random.nextGaussian());
    };
  }

  /** Weights within a factor of about ten, some tiny, some zero; the first is never zero. */
  private static double[] distribution(int size, RandomGenerator random) {
    double[] weights = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double weight = 0.1 + random.nextDouble();
      weights[i] =
          switch (i == 0 ? 2 : random.nextInt(12)) {
            case 0 -> 0;
            case 1 -> weight * TINY;
            default -> weight;
          };
      sum += weights[i];
    }
    for (int i = 0; i < size; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static FiniteTree withNoisyValues(FiniteTree tree, RandomGenerator random) {
    double level = 0.3 + random.nextDouble();
    double[] exact = tree.logExactValues();
    var noisy = new ArrayList<TreeNode>();
    for (int i = 0; i < exact.length; i++) {
      TreeNode node = tree.nodes().get(i);
      double value =
          exact[i] == Double.NEGATIVE_INFINITY
              ? (random.nextBoolean() ? 0 : random.nextDouble())
              : Math.exp(exact[i] + level * random.nextGaussian());
      boolean keep = i == 0 || tree.isLeaf(i);
      noisy.add(keep ? node : TreeNode.inner(node.id(), parentOf(node), node.pi(), value));
    }
    return FiniteTree.of(tree.name(), noisy);
  }

  private static String parentOf(TreeNode node) {
    return java.util.Objects.requireNonNull(node.parent());
  }
}
