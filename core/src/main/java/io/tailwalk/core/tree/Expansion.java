package io.tailwalk.core.tree;

import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.verify.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates nodes and keeps the weights of children consistent with them; the expansion rule makes
 * the children.
 */
final class Expansion {
  private final GenerationTree tree;
  private final Endings endings;
  private final Explorer explorer;
  private final Valuation valuation;
  private final ChildMaker maker;
  private final int actionLength;
  private final double[] logFactors;
  private final @Nullable FrontierNodes frontierNodes;

  Expansion(
      TreeSpec spec, GenerationTree tree, Endings endings, CostMeter meter, Explorer explorer) {
    this.tree = tree;
    this.endings = endings;
    this.explorer = explorer;
    this.valuation = new Valuation(spec, meter);
    this.actionLength = spec.rule().actionLength();
    this.logFactors = new double[spec.maxTokens() + 1];
    this.frontierNodes =
        spec.rule() instanceof ExpansionRule.Enumerate
            ? new FrontierNodes(tree, GenerationTree.ROOT)
            : null;
    this.maker =
        switch (spec.rule()) {
          case ExpansionRule.Enumerate() ->
              new EnumeratedChildren(spec, tree, endings, meter, explorer, valuation, this);
          case ExpansionRule.Sample(int k, int blockLength) ->
              new SampledChildren(spec, k, blockLength, tree, explorer, valuation);
          case ExpansionRule.HeadAndTail rule ->
              new HeadAndTailChildren(spec, rule, tree, explorer, valuation);
        };
  }

  /** Makes the children of nodes that have none. */
  void expand(int[] nodes) {
    List<Children> made = maker.make(nodes);
    for (int i = 0; i < nodes.length; i++) {
      tree.setChildren(nodes[i], made.get(i));
      tree.setLogOut(nodes[i], made.get(i).logTotal());
    }
    if (frontierNodes != null) {
      Arrays.stream(nodes).forEach(frontierNodes::expanded);
    }
  }

  /** The frontier nodes made while nodes are expanded; null if children are not enumerated. */
  @Nullable FrontierNodes frontierNodes() {
    return frontierNodes;
  }

  /** The node of a slot, created if needed. */
  int childAt(int node, Children children, int slot) {
    return switch (children) {
      case ChildTable table -> {
        int known = table.nodeOrToken(slot);
        if (known >= 0) {
          yield known;
        }
        int child = newChild(node, ~known, table.logPrior(slot), table.logValue(slot));
        table.becameNode(slot, child);
        yield child;
      }
      case WideChildren _, MaskedChildren _ -> {
        int known = tree.find(node, slot);
        yield known != GenerationTree.NONE && tree.walkParent(known) != GenerationTree.NONE
            ? known
            : newChild(node, slot, children.logPrior(slot), children.logValue(slot));
      }
    };
  }

  int slotOf(Children children, int child) {
    return switch (children) {
      case ChildTable table -> table.slotOf(child);
      case WideChildren _, MaskedChildren _ -> tree.token(child);
    };
  }

  int childToken(Children children, int slot) {
    return switch (children) {
      case ChildTable table -> {
        int known = table.nodeOrToken(slot);
        yield known >= 0 ? tree.token(known) : ~known;
      }
      case WideChildren _, MaskedChildren _ -> slot;
    };
  }

  boolean childIsLeaf(Children children, int slot) {
    return children.isLeaf(slot);
  }

  private int newChild(int node, int token, double logProb, double logValue) {
    int child = explorer.extend(node, token, logProb);
    tree.setWalkParent(child, node);
    tree.setLogValue(child, logValue);
    return child;
  }

  /**
   * A prefix is valued once for all copies of the tree: its node in the first one has the value.
   */
  void value(int[] nodes, int count) {
    Set<Integer> unknown = new LinkedHashSet<>();
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = tree.canonical(nodes[i]);
      if (!tree.isRoot(first) && Double.isNaN(tree.logValue(first)) && unknown.add(first)) {
        candidates.add(endings.candidate(first));
      }
    }
    double[] values = valuation.logValues(candidates);
    int next = 0;
    for (int node : unknown) {
      tree.setLogValue(
          node, values[next++] + (tree.isLeaf(node) ? 0 : logFactors[tree.depth(node)]));
    }
    for (int i = 0; i < count; i++) {
      if (!tree.isRoot(nodes[i]) && Double.isNaN(tree.logValue(nodes[i]))) {
        tree.setLogValue(nodes[i], tree.logValue(tree.canonical(nodes[i])));
      }
    }
  }

  /** Log-factor on the values of inner nodes at a depth. */
  double logFactor(int depth) {
    return logFactors[depth];
  }

  void calibrate(int depth, double logFactor) {
    double change = logFactor - logFactors[depth];
    if (frontierNodes != null) {
      frontierNodes.forget();
    }
    logFactors[depth] = logFactor;
    int parentDepth = depth - actionLength;
    for (int node = 0; node < tree.size(); node++) {
      if (tree.depth(node) == depth && !tree.isLeaf(node) && !Double.isNaN(tree.logValue(node))) {
        tree.setLogValue(node, tree.logValue(node) + change);
      } else if (tree.depth(node) == parentDepth) {
        rescaleChildren(node, change);
      }
    }
  }

  private void rescaleChildren(int node, double change) {
    Children children = tree.children(node);
    if (children == null) {
      return;
    }
    switch (children) {
      case ChildTable table -> table.addToOpen(change);
      case WideChildren wide -> wide.recompute();
      case MaskedChildren masked -> masked.addToOpen(change);
    }
    tree.setLogOut(node, children.logTotal());
  }
}
