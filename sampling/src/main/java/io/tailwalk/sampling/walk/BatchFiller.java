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
 * Fills model batches that would otherwise be small: if the run has made more model calls than its
 * tokens should need, nodes that the walks will probably need soon are expanded together with their
 * current nodes. Early expansion does not change the distribution of a walk, because an expansion
 * is a function of the node; whether a tour begins still depends only on the past. Expanded nodes
 * are included in the cost whether a walk reaches them or not.
 *
 * <p>Likely candidates are the children of the nodes between a walk and its root: a walk at depth h
 * returns to an ancestor at depth a about {@code 2a} times before the root (the Green function of a
 * symmetric walk that ends there), and moves to its child c with probability {@code u(c)/S} each
 * time it descends.
 */
final class BatchFiller {
  /** Number of heaviest children of a node that are considered. */
  private static final int BRANCHES = 8;

  private final Explorer explorer;
  private final int tokensPerCall;
  private final Map<Integer, int[]> heaviest = new HashMap<>();

  /**
   * A filler for one run.
   *
   * @param tokensPerCall model tokens per call, on average over the run, below which batches are
   *     filled; 0 for never
   */
  BatchFiller(Explorer explorer, int tokensPerCall) {
    this.explorer = explorer;
    this.tokensPerCall = tokensPerCall;
  }

  /**
   * Adds nodes that may be expanded together with the required ones.
   *
   * @param nodes the required nodes, followed by the added ones; the length of the array is the
   *     limit
   * @param count number of required nodes, possibly with duplicates
   * @return number of nodes after the addition
   */
  int fill(int[] nodes, int count) {
    int[] wanted = Arrays.stream(nodes, 0, count).distinct().toArray();
    long missing =
        tokensPerCall * (explorer.meter().modelCalls() - explorer.meter().callsAgain() + 1)
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

  /** At most the given number of additional unexpanded nodes, the most likely first. */
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
    double[] logWeights = explorer.slotNumbers().first(children.count());
    children.logWeights(logWeights);
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
