package io.tailwalk.core.tree;

import io.tailwalk.core.random.Chooser;
import java.util.BitSet;

/**
 * A table of few children: sampled children, or those of a small vocabulary. A slot maps to a node
 * or to a token without a node.
 */
final class ChildTable implements Children {
  private final int[] nodeOrToken;
  private final double[] logPrior;
  private final double[] logValue;
  private final boolean[] open;
  private final boolean[] dead;
  private final double[] cumulative;
  private double logTotal;

  /**
   * @param nodeOrToken node id, or {@code ~token} while the child is not a node
   * @param logPrior {@code log pi(c|v)} or {@code log(m/K)}
   * @param logValue {@code log V(c)}
   * @param open whether the child is an inner node
   * @param dead whether the child is an inner node proven dead
   */
  ChildTable(
      int[] nodeOrToken, double[] logPrior, double[] logValue, boolean[] open, boolean[] dead) {
    this.nodeOrToken = nodeOrToken;
    this.logPrior = logPrior;
    this.logValue = logValue;
    this.open = open;
    this.dead = dead;
    this.cumulative = new double[nodeOrToken.length];
    accumulate();
  }

  private void accumulate() {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logPrior.length; i++) {
      max = Math.max(max, logWeight(i));
    }
    if (max == Double.NEGATIVE_INFINITY) {
      logTotal = max;
      return;
    }
    double sum = 0;
    for (int i = 0; i < logPrior.length; i++) {
      sum += Math.exp(logWeight(i) - max);
      cumulative[i] = sum;
    }
    logTotal = max + Math.log(sum);
  }

  @Override
  public double logTotal() {
    return logTotal;
  }

  @Override
  public int draw(Chooser chooser) {
    return chooser.categorical(cumulative, 0, cumulative.length);
  }

  @Override
  public int count() {
    return nodeOrToken.length;
  }

  @Override
  public double logWeight(int slot) {
    return logPrior[slot] + logValue[slot];
  }

  @Override
  public double logPrior(int slot) {
    return logPrior[slot];
  }

  @Override
  public double logValue(int slot) {
    return logValue[slot];
  }

  @Override
  public boolean isLeaf(int slot) {
    return !open[slot];
  }

  @Override
  public BitSet undecided() {
    var undecided = new BitSet(open.length);
    for (int slot = 0; slot < open.length; slot++) {
      undecided.set(slot, open[slot] && !dead[slot] && logPrior[slot] > Double.NEGATIVE_INFINITY);
    }
    return undecided;
  }

  int nodeOrToken(int slot) {
    return nodeOrToken[slot];
  }

  void becameNode(int slot, int node) {
    nodeOrToken[slot] = node;
  }

  int slotOf(int node) {
    for (int slot = 0; slot < nodeOrToken.length; slot++) {
      if (nodeOrToken[slot] == node) {
        return slot;
      }
    }
    throw new IllegalStateException("node " + node + " is not among these children");
  }

  /** Adds to the log-values of the children that are inner nodes. */
  void addToOpen(double logFactor) {
    for (int slot = 0; slot < open.length; slot++) {
      if (open[slot]) {
        logValue[slot] += logFactor;
      }
    }
    accumulate();
  }

  @Override
  public long memoryBytes() {
    return 128 + 30L * nodeOrToken.length;
  }
}
