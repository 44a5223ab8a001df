package io.tailwalk.builtin.tree;

import io.tailwalk.builtin.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree given node by node, with its exact distributions. Immutable. An {@link ArrayTree} whose
 * nodes have names.
 */
public final class FiniteTree {
  private final List<TreeNode> nodes;
  private final ArrayTree tree;

  private FiniteTree(List<TreeNode> nodes, ArrayTree tree) {
    this.nodes = nodes;
    this.tree = tree;
  }

  /**
   * From nodes in any order; children keep theirs. Decimals of thirds and the like do not sum to 1
   * exactly: the probabilities of a node's children are divided by their sum, as for a model, so
   * that the exact distribution and the sampled distribution agree.
   *
   * @param name for messages and tables
   * @throws IllegalArgumentException in one sentence that names the node, if they do not form a
   *     tree
   */
  public static FiniteTree of(String name, List<TreeNode> given) {
    Map<TreeNode, List<TreeNode>> childrenOf = TreeCheck.childrenOf(given);
    List<TreeNode> nodes = topDown(childrenOf);
    int[] counts =
        nodes.stream().mapToInt(node -> childrenOf.getOrDefault(node, List.of()).size()).toArray();
    double[] pi = normalised(nodes.stream().mapToDouble(TreeNode::pi).toArray(), counts);
    double[] logValues = nodes.stream().mapToDouble(FiniteTree::logValue).toArray();
    return new FiniteTree(List.copyOf(nodes), ArrayTree.of(name, counts, pi, logValues));
  }

  /** Divides by the sum over siblings, which are adjacent in the order of their parents. */
  private static double[] normalised(double[] pi, int[] counts) {
    double[] normalised = pi.clone();
    int from = 1;
    for (int count : counts) {
      double sum = Arrays.stream(pi, from, from + count).sum();
      for (int child = from; child < from + count; child++) {
        normalised[child] = pi[child] / sum;
      }
      from += count;
    }
    return normalised;
  }

  /** Parents before children, the root first, level by level. */
  private static List<TreeNode> topDown(Map<TreeNode, List<TreeNode>> childrenOf) {
    var nodes = new ArrayList<TreeNode>(List.of(childrenOf.keySet().iterator().next()));
    for (int i = 0; i < nodes.size(); i++) {
      nodes.addAll(childrenOf.getOrDefault(nodes.get(i), List.of()));
    }
    return nodes;
  }

  /** {@code log V} of a node: {@code log tau} of a leaf; 0 for a root without a value. */
  private static double logValue(TreeNode node) {
    boolean isLeaf = !Double.isNaN(node.tau());
    double given = isLeaf ? node.tau() : node.value();
    return Double.isNaN(given) ? 0 : Math.log(given);
  }

  /**
   * The same tree whose verifier declares a bound on the rewards.
   *
   * @throws IllegalArgumentException in one sentence that names the node, if a leaf is above it
   */
  public FiniteTree withBound(double bound) {
    for (TreeNode node : nodes) {
      if (node.tau() > bound) {
        throw new IllegalArgumentException(
            "tree node \""
                + node.id()
                + "\" has a tau of "
                + node.tau()
                + ", above the bound "
                + bound);
      }
    }
    return new FiniteTree(nodes, tree.withLogBound(Math.log(bound)));
  }

  /** The largest reward of a leaf. */
  public double largestTau() {
    return nodes.stream().mapToDouble(TreeNode::tau).filter(tau -> tau >= 0).max().orElse(0);
  }

  /** Its name. */
  public String name() {
    return tree.name();
  }

  /** The nodes, parents before children, the root first. */
  public List<TreeNode> nodes() {
    return nodes;
  }

  /** Whether a node, by its place in {@link #nodes()}, is a leaf. */
  public boolean isLeaf(int node) {
    return tree.isLeaf(node);
  }

  /** Maximal number of children of a node. */
  public int maxChildren() {
    return tree.width();
  }

  /** Edges from the root to the farthest leaf. */
  public int depth() {
    return tree.depth();
  }

  /** {@code log V} of a node: {@code log tau} of a leaf; 0 for a root without a value. */
  public double logValue(int node) {
    return tree.logValue(node);
  }

  /** {@code log pi(v)} of each node, the product along its path; nats. */
  public double[] logPi() {
    return tree.logPi();
  }

  /** {@code log V*} of each node, {@code V*(v) = E_pi[tau(leaf) | v]}; nats. */
  public double[] logExactValues() {
    return tree.logExactValues();
  }

  /** {@code log Z = log E_pi[tau]}; {@code -inf} if no leaf with a tilt can be reached. */
  public double logZ() {
    return tree.logZ();
  }

  /**
   * The target distribution {@code pi(leaf) tau(leaf) / Z} by leaf id, in the order of {@link
   * #nodes()}.
   *
   * @throws IllegalStateException if {@code Z = 0}: there is no target distribution
   */
  public Map<String, Double> target() {
    double logZ = logZ();
    if (logZ == Double.NEGATIVE_INFINITY) {
      throw new IllegalStateException(
          "the tree " + name() + " has Z = 0, so there is no target distribution");
    }
    double[] logPi = logPi();
    var target = new LinkedHashMap<String, Double>();
    for (int i = 0; i < logPi.length; i++) {
      if (isLeaf(i)) {
        target.put(nodes.get(i).id(), Math.exp(logPi[i] + logValue(i) - logZ));
      }
    }
    return target;
  }

  /** The same tree with exact values {@code V*} at every inner node. */
  public FiniteTree withExactValues() {
    double[] logValues = logExactValues();
    var exact = new ArrayList<TreeNode>();
    for (int i = 0; i < logValues.length; i++) {
      TreeNode node = nodes.get(i);
      double value = isLeaf(i) ? node.tau() : Math.exp(logValues[i]);
      exact.add(new TreeNode(node.id(), node.parent(), node.pi(), value, node.tau()));
    }
    return new FiniteTree(List.copyOf(exact), tree.withLogValues(logValues));
  }

  /**
   * The place in {@link #nodes()} of the node that token ids of the {@link #problem()} lead to; -1
   * if they leave the tree.
   */
  public int nodeAt(int[] tokenIds) {
    return tree.nodeAt(tokenIds);
  }

  /** The tree as a sampling problem; its length limit is the depth, and every leaf ends earlier. */
  public Problem problem() {
    return tree.problem();
  }
}
