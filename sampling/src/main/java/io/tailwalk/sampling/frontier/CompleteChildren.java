package io.tailwalk.sampling.frontier;

import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.Children;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Purpose;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.ThresholdResampling;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Adds the complete children of expanded nodes to a sample, a few as representatives of very many.
 */
final class CompleteChildren {
  private CompleteChildren() {}

  /**
   * Adds children with weight {@code factor pi(c|v) tau(c)}.
   *
   * @param most maximal number for one node; if there are more, some are chosen without bias
   */
  static void add(Run run, int node, double logFactor, int most, LeafSample into) {
    if (logFactor == Double.NEGATIVE_INFINITY) {
      return;
    }
    Explorer explorer = run.explorer();
    Children children = Objects.requireNonNull(explorer.tree().children(node));
    int[] known = children.leaves();
    int[] leaves = known == null ? leaves(explorer, children) : known;
    int[] slots = new int[leaves.length];
    double[] logWeights = new double[leaves.length];
    double max = Double.NEGATIVE_INFINITY;
    int count = 0;
    for (int slot : leaves) {
      double logWeight = children.logWeight(slot);
      if (logWeight > Double.NEGATIVE_INFINITY) {
        slots[count] = slot;
        logWeights[count++] = logWeight;
        max = Math.max(max, logWeight);
      }
    }
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      weights[i] = Math.exp(logWeights[i] - max);
    }
    if (count > most) {
      var random = Streams.of(run.options().seed(), Purpose.DRAWS, node);
      ThresholdResampling.choose(weights, count, most, random);
    }
    for (int i = 0; i < count; i++) {
      if (weights[i] > 0) {
        into.addLog(explorer.childAt(node, slots[i]), logFactor + max + Math.log(weights[i]));
      }
    }
  }

  /** The complete children that have a weight. */
  private static int[] leaves(Explorer explorer, Children children) {
    double[] logWeights = explorer.slotNumbers().first(children.count());
    children.logWeights(logWeights);
    return IntStream.range(0, logWeights.length)
        .filter(slot -> logWeights[slot] > Double.NEGATIVE_INFINITY && children.isLeaf(slot))
        .toArray();
  }
}
