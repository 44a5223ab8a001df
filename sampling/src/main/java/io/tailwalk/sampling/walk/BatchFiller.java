package io.tailwalk.sampling.walk;

import io.tailwalk.core.tree.Children;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Fills model batches where the walks alone would leave them thin: when the run has made more model
 * calls than its tokens should need, nodes that the walks are likely to want soon are expanded
 * beside those they stand at. A node expanded early changes no walk's distribution, for an
 * expansion is a function of the node; and whether a tour begins still depends on the past only.
 * Expanded nodes are in the cost whether a walk comes to them or not.
 *
 * <p>Likely are the children of the nodes between a walk and its root: a walk at depth h comes back
 * to an ancestor at depth a about {@code 2a} times before the root (the Green function of a
 * symmetric walk that ends there), and goes on to its child c with probability {@code u(c)/S} each
 * time it goes down.
 */
final class BatchFiller {
  /** The heaviest children of a node that are looked at. */
  private static final int BRANCHES = 8;

  private final Explorer explorer;
  private final int tokensPerCall;
  private final Map<Integer, int[]> heaviest = new HashMap<>();

  /**
   * A filler for one run.
   *
   * @param tokensPerCall model tokens a call below which, on average over the run, batches are
   *     filled; 0 for never
   */
  BatchFiller(Explorer explorer, int tokensPerCall) {
    this.explorer = explorer;
    this.tokensPerCall = tokensPerCall;
  }

  /**
   * Adds nodes that may be expanded beside the wanted ones.
   *
   * @param nodes the wanted nodes; those added are put after them, and its length is the limit
   * @param count wanted nodes, some perhaps twice
   * @return nodes with those added
   */
  int fill(int[] nodes, int count) {
    int[] wanted = Arrays.stream(nodes, 0, count).distinct().toArray();
    long missing =
        tokensPerCall * (explorer.meter().modelCalls() + 1)
            - explorer.meter().modelTokens()
            - wanted.length;
    int room = (int) Math.min(missing, nodes.length - count);
    if (count == 0 || room <= 0) {
      return count;
    }
    int filled = count;
    for (int node : likeliest(wanted, room)) {
      nodes[filled++] = node;
    }
    return filled;
  }

  /** At most so many unexpanded nodes beside the wanted ones, the likeliest first. */
  private List<Integer> likeliest(int[] wanted, int limit) {
    GenerationTree tree = explorer.tree();
    Map<Integer, Double> visits = new LinkedHashMap<>();
    for (int node : wanted) {
      for (int above = tree.walkParent(node);
          above != GenerationTree.NONE && !tree.isRoot(above);
          above = tree.walkParent(above)) {
        for (int child : heaviest(above)) {
          if (!tree.isExpanded(child)) {
            double share = tree.logPi(child) - tree.logPi(above) + tree.logValue(child);
            double weight = tree.depth(above) * Math.exp(share - tree.logOut(above));
            visits.merge(child, weight, Double::sum);
          }
        }
      }
    }
    Arrays.stream(wanted).forEach(visits::remove);
    return visits.entrySet().stream()
        .sorted(Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(limit)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The open children of largest weight of an expanded node. */
  private int[] heaviest(int node) {
    return heaviest.computeIfAbsent(node, this::findHeaviest);
  }

  private int[] findHeaviest(int node) {
    Children children = Objects.requireNonNull(explorer.tree().children(node));
    List<Integer> slots = new ArrayList<>();
    double least = Double.NEGATIVE_INFINITY;
    double[] logWeights = children.logWeights();
    Comparator<Integer> byWeight = Comparator.comparingDouble((Integer slot) -> -logWeights[slot]);
    for (int slot = 0; slot < logWeights.length; slot++) {
      if (logWeights[slot] > least) {
        slots.add(slot);
        if (slots.size() == 2 * BRANCHES) {
          slots.sort(byWeight);
          slots = new ArrayList<>(slots.subList(0, BRANCHES));
          least = logWeights[slots.getLast()];
        }
      }
    }
    return slots.stream()
        .sorted(byWeight)
        .limit(BRANCHES)
        .filter(slot -> !explorer.childIsLeaf(node, slot))
        .mapToInt(slot -> explorer.childAt(node, slot))
        .toArray();
  }
}
