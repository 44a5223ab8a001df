package io.tailwalk.core.tree;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.interval.Rounding;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Certain bounds of the success probability on a tree whose nodes were drawn, from the distinct
 * complete responses seen and from prefixes proven dead. The remaining probability of the model may
 * have any reward between zero and the largest.
 *
 * @param found probability times reward of the distinct responses seen
 * @param unresolved the model's probability of responses neither seen nor proven dead
 * @param rounding relative error of both sums; of {@code unresolved}, which is found by
 *     subtraction, relative to 1
 */
public record KnownMass(double found, double unresolved, double rounding) {
  /** Computes the bounds of a tree. Copies of a prefix count once. */
  public static KnownMass of(Explorer explorer) {
    GenerationTree tree = explorer.tree();
    int size = tree.size();
    double[] found = new double[size];
    double[] resolved = new double[size];
    BitSet dead = dead(tree);
    double[] rewards = rewards(tree);
    double largest =
        Arrays.stream(rewards).filter(r -> !Double.isNaN(r)).max().orElse(Double.NEGATIVE_INFINITY);
    // Far from 1, rewards are summed in units of the largest, to keep their digits.
    double logUnit = Double.isFinite(largest) && Math.abs(largest) > LogSum.FAR ? largest : 0;
    for (int node = size - 1; node > GenerationTree.ROOT; node--) {
      if (tree.canonical(node) != node || tree.isRoot(node)) {
        continue;
      }
      if (tree.isLeaf(node)) {
        boolean known = !Double.isNaN(rewards[node]);
        resolved[node] = known ? 1 : 0;
        found[node] = known ? Math.exp(rewards[node] - logUnit) : 0;
      } else if (dead.get(node)) {
        resolved[node] = 1;
      }
      int parent = tree.parent(node);
      double share = share(tree, node, parent);
      resolved[parent] += share * resolved[node];
      found[parent] += share * found[node];
    }
    double unresolved = Math.max(0, 1 - resolved[GenerationTree.ROOT]);
    return new KnownMass(
        LogSum.outOfUnits(found[GenerationTree.ROOT], logUnit),
        unresolved,
        Rounding.relative(explorer.spec().maxTokens()));
  }

  /** The probability of a child, or 0, the least that it can be, if the model does not show it. */
  private static double share(GenerationTree tree, int node, int parent) {
    double logShare = tree.logPi(node) - tree.logPi(parent);
    return Double.isNaN(logShare) ? 0 : Math.exp(logShare);
  }

  /** Prefixes proven dead, by their node in the first copy. */
  private static BitSet dead(GenerationTree tree) {
    var dead = new BitSet(tree.size());
    for (int node = 0; node < tree.size(); node++) {
      if (tree.children(node) instanceof ChildTable table) {
        BitSet undecided = table.undecided();
        for (int slot = 0; slot < table.count(); slot++) {
          int child = table.nodeOrToken(slot);
          if (child >= 0 && !undecided.get(slot) && !table.isLeaf(slot)) {
            dead.set(tree.canonical(child));
          }
        }
      }
    }
    return dead;
  }

  /** Log-rewards by node of the first copy; NaN if unknown. */
  private static double[] rewards(GenerationTree tree) {
    double[] rewards = new double[tree.size()];
    Arrays.fill(rewards, Double.NaN);
    for (int node = 0; node < tree.size(); node++) {
      if (tree.isLeaf(node) && !Double.isNaN(tree.logValue(node))) {
        rewards[tree.canonical(node)] = tree.logValue(node);
      }
    }
    return rewards;
  }

  /**
   * The certain ends, rounded outwards by the error of the sums, which grows with the length limit.
   * The bound itself is not rounded here.
   *
   * @param largestReward the verifier's guarantee: {@code +inf} for none, 0 if every reward is 0;
   *     see {@link io.tailwalk.core.verify.Rewards#bound}
   */
  public Interval certain(double largestReward) {
    double high = Rounding.up(found + largestReward * (unresolved + rounding), rounding);
    return Interval.certain(Rounding.down(found, rounding), Math.min(high, largestReward));
  }
}
