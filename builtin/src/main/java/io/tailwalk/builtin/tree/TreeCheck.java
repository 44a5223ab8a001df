package io.tailwalk.builtin.tree;

import io.tailwalk.core.verify.Rewards;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Checks that nodes form a tree, and reports an error in one sentence. */
final class TreeCheck {
  private static final double SUM_TOLERANCE = 1e-9;

  private TreeCheck() {}

  /**
   * The children of each node, in the order given; the root's entry comes first.
   *
   * @throws IllegalArgumentException that names the invalid node
   */
  static Map<TreeNode, List<TreeNode>> childrenOf(List<TreeNode> nodes) {
    Map<String, TreeNode> byId = byId(nodes);
    requireNoCycle(nodes, byId);
    TreeNode root = root(nodes);
    var children = new LinkedHashMap<TreeNode, List<TreeNode>>();
    children.put(root, new ArrayList<>());
    nodes.forEach(node -> children.putIfAbsent(node, new ArrayList<>()));
    for (TreeNode node : nodes) {
      if (node.parent() != null) {
        TreeNode parent = byId.get(node.parent());
        require(parent != null, node, "names a parent \"" + node.parent() + "\" that is not given");
        children.getOrDefault(parent, List.of()).add(node);
      }
    }
    require(
        !children.getOrDefault(root, List.of()).isEmpty(), root, "is the root and has no child");
    children.forEach(TreeCheck::checkNumbers);
    children.forEach(TreeCheck::checkSum);
    return children;
  }

  private static Map<String, TreeNode> byId(List<TreeNode> nodes) {
    var byId = new HashMap<String, TreeNode>();
    for (TreeNode node : nodes) {
      require(byId.put(node.id(), node) == null, node, "is given twice; ids must differ");
    }
    return byId;
  }

  /** Following parents from any node leads to a given node without a parent. */
  private static void requireNoCycle(List<TreeNode> nodes, Map<String, TreeNode> byId) {
    var followed = new HashSet<TreeNode>();
    for (TreeNode node : nodes) {
      var path = new LinkedHashSet<TreeNode>();
      TreeNode at = node;
      while (at != null && !followed.contains(at)) {
        require(path.add(at), at, "is its own ancestor: nodes form a cycle, and a tree has none");
        at = at.parent() == null ? null : byId.get(at.parent());
      }
      followed.addAll(path);
    }
  }

  private static TreeNode root(List<TreeNode> nodes) {
    List<TreeNode> roots = nodes.stream().filter(node -> node.parent() == null).toList();
    if (roots.size() != 1) {
      throw new IllegalArgumentException(
          "a tree needs exactly one node without a parent, its root; found " + roots.size());
    }
    return roots.getFirst();
  }

  private static void checkNumbers(TreeNode node, List<TreeNode> children) {
    boolean isRoot = node.parent() == null;
    boolean isLeaf = children.isEmpty();
    require(
        isRoot ? Double.isNaN(node.pi()) || node.pi() == 1 : isProbability(node.pi()),
        node,
        (isRoot ? "is the root and can only have pi 1" : "needs a pi in [0, 1]")
            + ", got "
            + node.pi());
    if (isLeaf) {
      require(node.tau() >= 0, node, "is a leaf and needs a tau of at least 0");
      require(
          node.tau() <= Rewards.LARGEST,
          node,
          "has a tau of "
              + node.tau()
              + ", above 1e300: no mean of such rewards is a double, so scale every tau down");
      require(
          Double.isNaN(node.value()) || node.value() == node.tau(),
          node,
          "is a leaf: its value is its tau, " + node.tau() + ", not " + node.value());
      return;
    }
    require(Double.isNaN(node.tau()), node, "has children and therefore no tau");
    require(
        isWeight(node.value()) || (isRoot && Double.isNaN(node.value())),
        node,
        "needs a finite value of at least 0");
  }

  private static void checkSum(TreeNode node, List<TreeNode> children) {
    double sum = children.stream().mapToDouble(TreeNode::pi).sum();
    require(
        children.isEmpty() || Math.abs(sum - 1) <= SUM_TOLERANCE,
        node,
        "has children whose pi sum to " + sum + " and not to 1");
  }

  /** Siblings, also a single one, may sum to slightly more than 1. */
  private static boolean isProbability(double number) {
    return number >= 0 && number <= 1 + SUM_TOLERANCE;
  }

  private static boolean isWeight(double number) {
    return number >= 0 && number < Double.POSITIVE_INFINITY;
  }

  private static void require(boolean holds, TreeNode node, String what) {
    if (!holds) {
      throw new IllegalArgumentException("tree node \"" + node.id() + "\" " + what);
    }
  }
}
