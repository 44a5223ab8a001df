package io.tailwalk.sampling.frontier;

import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.Children;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Purpose;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.ThresholdResampling;
import java.util.Arrays;
import java.util.Objects;

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
    double[] logWeights = explorer.slotNumbers().first(children.count());
    children.logWeights(logWeights);
    int[] slots = new int[16];
    double max = Double.NEGATIVE_INFINITY;
    int count = 0;
    for (int slot = 0; slot < logWeights.length; slot++) {
      if (logWeights[slot] > Double.NEGATIVE_INFINITY && children.isLeaf(slot)) {
        slots = count < slots.length ? slots : Arrays.copyOf(slots, 2 * count);
        slots[count++] = slot;
        max = Math.max(max, logWeights[slot]);
      }
    }
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      weights[i] = Math.exp(logWeights[slots[i]] - max);
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
}
