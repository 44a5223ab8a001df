package io.tailwalk.sampling;

import io.tailwalk.builtin.tree.ArrayTree;
import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.builtin.tree.RandomTrees;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random trees in arrays, and modifications of them. */
public final class TestTrees {
  /** Unreachable children, enough to make every vocabulary a wide one. */
  private static final int UNREACHABLE = 600;

  private TestTrees() {}

  /** A tree of {@link RandomTrees} whose verifier declares its largest reward as the bound. */
  public static ArrayTree random(long seed) {
    FiniteTree tree = RandomTrees.of(seed);
    int size = tree.nodes().size();
    int[] counts = new int[size];
    double[] pi = new double[size];
    double[] logValues = new double[size];
    for (int node = 0; node < size; node++) {
      String id = tree.nodes().get(node).id();
      counts[node] = (int) tree.nodes().stream().filter(other -> id.equals(other.parent())).count();
      pi[node] = tree.nodes().get(node).pi();
      logValues[node] = tree.logValue(node);
    }
    return ArrayTree.of(tree.name(), counts, pi, logValues)
        .withLogBound(Math.log(tree.largestTau()));
  }

  /** Random trees with at most the given number of nodes with children, the first ones by seed. */
  public static ArrayTree[] small(int count, int least, int most) {
    return IntStream.iterate(0, seed -> seed + 1)
        .mapToObj(TestTrees::random)
        .filter(tree -> tree.innerNodes() >= least && tree.innerNodes() <= most)
        .limit(count)
        .toArray(ArrayTree[]::new);
  }

  /** The same tree with more children of the root, of probability zero: its vocabulary is wide. */
  public static ArrayTree wide(ArrayTree tree) {
    int behind = 1 + tree.childCount(0);
    int size = tree.size() + UNREACHABLE;
    int[] counts = new int[size];
    double[] pi = new double[size];
    double[] logValues = new double[size];
    Arrays.fill(logValues, Double.NEGATIVE_INFINITY);
    for (int node = 0; node < tree.size(); node++) {
      int to = node < behind ? node : node + UNREACHABLE;
      counts[to] = tree.childCount(node) + (node == 0 ? UNREACHABLE : 0);
      pi[to] = tree.pi(node);
      logValues[to] = tree.logValue(node);
    }
    return ArrayTree.of(tree.name() + "-wide", counts, pi, logValues).withLogBound(tree.logBound());
  }

  /** The same tree in which every leaf has reward 1. */
  public static ArrayTree allPass(ArrayTree tree) {
    return tree.withLogValues(
            IntStream.range(0, tree.size())
                .mapToDouble(node -> tree.isLeaf(node) ? 0 : tree.logValue(node))
                .toArray())
        .withLogBound(0);
  }

  /** The same tree with values wrong by a factor of up to {@code e^range} in either direction. */
  public static ArrayTree wrongValues(ArrayTree tree, double range, RandomGenerator random) {
    double[] exact = tree.logExactValues();
    for (int node = 0; node < exact.length; node++) {
      exact[node] += tree.isLeaf(node) ? 0 : range * (2 * random.nextDouble() - 1);
    }
    return tree.withLogValues(exact);
  }

  /**
   * The same tree in which one prefix below the root, with positive probability, has value zero.
   */
  public static ArrayTree wrongZero(ArrayTree tree) {
    double[] exact = tree.logExactValues();
    double[] values = Arrays.copyOf(exact, exact.length);
    for (int node = tree.size() - 1; node > 0; node--) {
      if (!tree.isLeaf(node) && exact[node] > Double.NEGATIVE_INFINITY && tree.pi(node) > 0) {
        values[node] = Double.NEGATIVE_INFINITY;
        return tree.withLogValues(values);
      }
    }
    return tree;
  }
}
