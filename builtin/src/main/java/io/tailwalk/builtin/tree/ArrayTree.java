package io.tailwalk.builtin.tree;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.Prompt;
import java.util.Arrays;

/**
 * A tree in arrays, for trees of tens of thousands of nodes, with its exact distributions. Nodes
 * are numbered level by level, so that the children of a node have consecutive numbers; node 0 is
 * the root. Immutable. As a {@link #problem()} it is a language model whose tokens number the
 * children of the node reached so far; a child that is a leaf is reached by an end token, so leaves
 * may have any depth.
 */
public final class ArrayTree {
  private final String name;
  private final int[] firstChild;
  private final int[] parents;
  private final double[] pi;
  private final double[] logValues;
  private final double logBound;
  private final boolean provesDead;
  private final int width;

  private ArrayTree(
      String name,
      int[] firstChild,
      double[] pi,
      double[] logValues,
      double logBound,
      boolean provesDead) {
    this.name = name;
    this.firstChild = firstChild;
    this.pi = pi;
    this.logValues = logValues;
    this.logBound = logBound;
    this.provesDead = provesDead;
    this.parents = new int[pi.length];
    int widest = 0;
    for (int node = 0; node < pi.length; node++) {
      widest = Math.max(widest, childCount(node));
      Arrays.fill(parents, firstChild[node], firstChild[node + 1], node);
    }
    this.width = widest;
  }

  /**
   * From arrays with one element per node; they are copied.
   *
   * @param name for messages and tables
   * @param childCounts children of each node; those of node 0 are numbered from 1, those of node 1
   *     follow, and so on; 0 for a leaf
   * @param pi probability given the parent; the root's is not read
   * @param logValues {@code log V} of inner nodes, {@code log tau} of leaves
   * @throws IllegalArgumentException if the counts do not add up to the nodes, or the root has no
   *     child
   */
  public static ArrayTree of(String name, int[] childCounts, double[] pi, double[] logValues) {
    int size = childCounts.length;
    int[] firstChild = new int[size + 1];
    firstChild[0] = 1;
    for (int node = 0; node < size; node++) {
      firstChild[node + 1] = firstChild[node] + childCounts[node];
      if (firstChild[node] <= node) {
        throw new IllegalArgumentException("node " + node + " has no parent in " + name);
      }
    }
    if (size < 2 || firstChild[size] != size || pi.length != size || logValues.length != size) {
      throw new IllegalArgumentException(
          name + " has " + firstChild[size] + " nodes by its counts, " + size + " in its arrays");
    }
    return new ArrayTree(
        name, firstChild, pi.clone(), logValues.clone(), Double.POSITIVE_INFINITY, false);
  }

  /** The same tree whose verifier declares a bound on {@code log tau}; the leaves must obey it. */
  public ArrayTree withLogBound(double bound) {
    return new ArrayTree(name, firstChild, pi, logValues, bound, provesDead);
  }

  /**
   * The same tree whose verifier knows for every prefix whether a leaf below can pass, and returns
   * this as {@link io.tailwalk.core.verify.Verifier#prefixValue}.
   */
  public ArrayTree provingDead() {
    return new ArrayTree(name, firstChild, pi, logValues, logBound, true);
  }

  /** The same tree with different values; one element per node, copied. */
  public ArrayTree withLogValues(double[] values) {
    return new ArrayTree(name, firstChild, pi, values.clone(), logBound, provesDead);
  }

  /** The same tree with different probabilities given the parent; one element per node, copied. */
  public ArrayTree withPi(double[] probabilities) {
    return new ArrayTree(name, firstChild, probabilities.clone(), logValues, logBound, provesDead);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Nodes, including leaves. */
  public int size() {
    return pi.length;
  }

  /** Nodes that have children. */
  public int innerNodes() {
    int inner = 0;
    for (int node = 0; node < size(); node++) {
      inner += isLeaf(node) ? 0 : 1;
    }
    return inner;
  }

  /** The number of children of a node. */
  public int childCount(int node) {
    return firstChild[node + 1] - firstChild[node];
  }

  /** The first child of a node that has any. */
  public int firstChild(int node) {
    return firstChild[node];
  }

  /** The parent of a node other than the root. */
  public int parent(int node) {
    return parents[node];
  }

  /** Whether a node is a leaf. */
  public boolean isLeaf(int node) {
    return childCount(node) == 0;
  }

  /** The maximal number of children of a node. */
  public int width() {
    return width;
  }

  /** Probability of a node given its parent. */
  public double pi(int node) {
    return pi[node];
  }

  /** {@code log V} of an inner node, {@code log tau} of a leaf. */
  public double logValue(int node) {
    return logValues[node];
  }

  /** The declared bound on {@code log tau}; {@code +inf} if none is declared. */
  public double logBound() {
    return logBound;
  }

  /** Whether the verifier knows for every prefix whether a leaf below can pass. */
  public boolean provesDead() {
    return provesDead;
  }

  /** Edges from the root to each node. */
  public int[] depths() {
    int[] depths = new int[size()];
    for (int node = 1; node < depths.length; node++) {
      depths[node] = depths[parents[node]] + 1;
    }
    return depths;
  }

  /** Edges from the root to the farthest leaf. */
  public int depth() {
    return depths()[size() - 1];
  }

  /** {@code log pi(v)} of each node, the product along its path; nats. */
  public double[] logPi() {
    double[] logPi = new double[size()];
    for (int node = 1; node < logPi.length; node++) {
      logPi[node] = logPi[parents[node]] + Math.log(pi[node]);
    }
    return logPi;
  }

  /** {@code log V*} of each node, {@code V*(v) = E_pi[tau(leaf) | v]}; nats. */
  public double[] logExactValues() {
    double[] exact = new double[size()];
    for (int node = size() - 1; node >= 0; node--) {
      exact[node] = isLeaf(node) ? logValues[node] : logMeanOfChildren(node, exact);
    }
    return exact;
  }

  /** At most the largest of the children: rounding must not lift a mean above every bound. */
  private double logMeanOfChildren(int node, double[] exact) {
    double max = Double.NEGATIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int child = firstChild[node]; child < firstChild[node + 1]; child++) {
      max = Math.max(max, Math.log(pi[child]) + exact[child]);
      largest = Math.max(largest, exact[child]);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (int child = firstChild[node]; child < firstChild[node + 1]; child++) {
      sum += Math.exp(Math.log(pi[child]) + exact[child] - max);
    }
    return Math.min(largest, max + Math.log(sum));
  }

  /** {@code log Z = log E_pi[tau]}; {@code -inf} if no leaf with a reward can be reached. */
  public double logZ() {
    return logExactValues()[0];
  }

  /** The node that token ids of the {@link #problem()} lead to; -1 if they leave the tree. */
  public int nodeAt(int[] tokenIds) {
    int node = 0;
    for (int token : tokenIds) {
      int index = token < width ? token : token - width;
      int child = firstChild[node] + index;
      if (index >= childCount(node) || isLeaf(child) != (token >= width)) {
        return -1;
      }
      node = child;
    }
    return node;
  }

  /** A hash of the tree. */
  int fingerprint() {
    return 31 * (31 * Arrays.hashCode(firstChild) + Arrays.hashCode(pi))
        + Arrays.hashCode(logValues);
  }

  /**
   * The tree as a sampling problem; its length limit is the depth, and every leaf ends earlier. May
   * be shared between threads.
   */
  public Problem problem() {
    return new Problem(
        name,
        new FiniteTreeModel(this),
        Prompt.text(""),
        new FiniteTreeValue(this),
        FiniteTreeVerifier.of(this),
        depth());
  }
}
