package io.tailwalk.builtin.tree;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree given node by node, and its exact laws. Immutable. As a {@link #problem()} it is a
 * language model whose tokens number the children of the node reached so far; a child that is a
 * leaf is reached by an end token, so leaves may lie at any depth.
 */
public final class FiniteTree {
  private final String name;
  private final List<TreeNode> nodes;
  private final int[] parents;
  private final int[][] children;

  private FiniteTree(String name, List<TreeNode> nodes, int[] parents, int[][] children) {
    this.name = name;
    this.nodes = nodes;
    this.parents = parents;
    this.children = children;
  }

  /**
   * From nodes in any order; children keep theirs.
   *
   * @param name for messages and tables
   * @throws IllegalArgumentException in one sentence, naming the node, if they form no tree
   */
  public static FiniteTree of(String name, List<TreeNode> given) {
    Map<TreeNode, List<TreeNode>> childrenOf = TreeCheck.childrenOf(given);
    List<TreeNode> nodes = topDown(childrenOf);
    var indexOf = new LinkedHashMap<TreeNode, Integer>();
    nodes.forEach(node -> indexOf.put(node, indexOf.size()));
    int[] parents = new int[nodes.size()];
    int[][] children = new int[nodes.size()][];
    for (int i = 0; i < children.length; i++) {
      List<TreeNode> below = childrenOf.getOrDefault(nodes.get(i), List.of());
      children[i] = below.stream().mapToInt(node -> indexOf.getOrDefault(node, 0)).toArray();
      for (int child : children[i]) {
        parents[child] = i;
      }
    }
    return new FiniteTree(name, List.copyOf(nodes), parents, children);
  }

  /** Parents before children, the root first. */
  private static List<TreeNode> topDown(Map<TreeNode, List<TreeNode>> childrenOf) {
    var nodes = new ArrayList<TreeNode>(List.of(childrenOf.keySet().iterator().next()));
    for (int i = 0; i < nodes.size(); i++) {
      nodes.addAll(childrenOf.getOrDefault(nodes.get(i), List.of()));
    }
    return nodes;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** The nodes, parents before children, the root first. */
  public List<TreeNode> nodes() {
    return nodes;
  }

  /** Whether a node, by its place in {@link #nodes()}, is a leaf. */
  public boolean isLeaf(int node) {
    return children[node].length == 0;
  }

  /** The children of a node, by place. */
  int[] children(int node) {
    return children[node];
  }

  /** Most children a node has. */
  public int maxChildren() {
    int max = 0;
    for (int[] below : children) {
      max = Math.max(max, below.length);
    }
    return max;
  }

  /** Edges from the root to the farthest leaf. */
  public int depth() {
    int[] depths = new int[nodes.size()];
    int max = 0;
    for (int i = 1; i < depths.length; i++) {
      depths[i] = depths[parents[i]] + 1;
      max = Math.max(max, depths[i]);
    }
    return max;
  }

  /** {@code log V} of a node: {@code log tau} of a leaf; 0 of a root without a value. */
  public double logValue(int node) {
    TreeNode given = nodes.get(node);
    if (isLeaf(node)) {
      return Math.log(given.tau());
    }
    return Double.isNaN(given.value()) ? 0 : Math.log(given.value());
  }

  /** {@code log pi(v)} of each node, the product along its path; nats. */
  public double[] logPi() {
    double[] logPi = new double[nodes.size()];
    for (int i = 1; i < logPi.length; i++) {
      logPi[i] = logPi[parents[i]] + Math.log(nodes.get(i).pi());
    }
    return logPi;
  }

  /** {@code log V*} of each node, {@code V*(v) = E_pi[tau(leaf) | v]}; nats. */
  public double[] logExactValues() {
    double[] logValues = new double[nodes.size()];
    for (int i = logValues.length - 1; i >= 0; i--) {
      logValues[i] = isLeaf(i) ? logValue(i) : logMeanOfChildren(i, logValues);
    }
    return logValues;
  }

  private double logMeanOfChildren(int node, double[] logValues) {
    double max = Double.NEGATIVE_INFINITY;
    for (int child : children[node]) {
      max = Math.max(max, Math.log(nodes.get(child).pi()) + logValues[child]);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (int child : children[node]) {
      sum += Math.exp(Math.log(nodes.get(child).pi()) + logValues[child] - max);
    }
    return max + Math.log(sum);
  }

  /** {@code log Z = log E_pi[tau]}; {@code -inf} if no leaf with a tilt can be reached. */
  public double logZ() {
    return logExactValues()[0];
  }

  /**
   * The target law {@code pi(leaf) tau(leaf) / Z} by leaf id, in the order of {@link #nodes()}.
   *
   * @throws IllegalStateException if {@code Z = 0}: there is no target law
   */
  public Map<String, Double> target() {
    double logZ = logZ();
    if (logZ == Double.NEGATIVE_INFINITY) {
      throw new IllegalStateException("the tree " + name + " has Z = 0, so no target law");
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
    return new FiniteTree(name, List.copyOf(exact), parents, children);
  }

  /**
   * The place in {@link #nodes()} of the node that token ids of the {@link #problem()} lead to; -1
   * if they leave the tree.
   */
  public int nodeAt(int[] tokenIds) {
    int node = 0;
    int width = maxChildren();
    for (int token : tokenIds) {
      int child = token % width;
      if (child >= children[node].length || isLeaf(children[node][child]) != (token >= width)) {
        return -1;
      }
      node = children[node][child];
    }
    return node;
  }

  /** The tree as a sampling problem; its length limit is the depth, and every leaf ends earlier. */
  public Problem problem() {
    return new Problem(
        name,
        new FiniteTreeModel(this),
        Prompt.text(""),
        new FiniteTreeValue(this),
        new FiniteTreeVerifier(this),
        depth());
  }
}
