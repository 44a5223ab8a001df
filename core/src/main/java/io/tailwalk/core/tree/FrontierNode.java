package io.tailwalk.core.tree;

import io.tailwalk.core.Exponentials;
import io.tailwalk.core.random.Chooser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expanded node with the probability of its subtree, conditional on the node: {@code L(v)}, the
 * expected reward of its complete children; the model's probability of prefixes not yet expanded;
 * the same weighted by value. Sums are recomputed from their parts and never by subtraction.
 */
public final class FrontierNode {
  private static final int BLOCK = Exponentials.BLOCK;
  private static final double ZERO = Double.NEGATIVE_INFINITY;

  private final int node;
  private final @Nullable FrontierNode above;
  private final int slotAbove;
  private final double logPi;
  private final Children children;

  /** Prefixes that are neither complete nor proven dead, expanded or not. */
  private final BitSet undecided;

  private final BitSet expanded = new BitSet();
  private final List<FrontierNode> below = new ArrayList<>();
  private final double logComplete;

  /** Running sums over blocks of all undecided prefixes, and of those not expanded. */
  private final Sums plain;

  private final Sums guided;
  private final Sums plainLeft;
  private final Sums guidedLeft;
  private int largestSlot = -1;
  private double logOpen;
  private double logGuided;
  private double logLargest;

  /**
   * Reads the children of an expanded node.
   *
   * @param numbers arrays for the work of this constructor
   */
  FrontierNode(
      int node,
      double logPi,
      Children children,
      @Nullable FrontierNode above,
      int slotAbove,
      SlotNumbers numbers) {
    this.node = node;
    this.logPi = logPi;
    this.above = above;
    this.slotAbove = slotAbove;
    this.children = children;
    this.undecided = children.undecided();
    if (children instanceof MaskedChildren masked) {
      this.logComplete = masked.logComplete();
      this.plain = new Sums(false, masked.logUnit(), masked.openSums());
      this.guided =
          masked.logFactor() == 0 || masked.isComplete()
              ? plain
              : new Sums(true, masked.logUnit() + masked.logFactor(), masked.openSums());
      this.largestSlot = masked.largestOpen();
    } else {
      double[] priors = numbers.first(children.count());
      double[] values = numbers.second(children.count());
      children.logPriors(priors);
      children.logValues(values);
      this.logComplete = logComplete(priors, values);
      boolean weighted = leaveOut(priors, values);
      double largestPrior = largest(priors);
      this.plain = new Sums(false, largestPrior, blocks(priors, largestPrior));
      this.guided = weighted ? guided(priors, values) : plain;
      findLargest(priors);
    }
    this.plainLeft = plain.copy();
    this.guidedLeft = guided == plain ? plainLeft : guided.copy();
    refresh();
  }

  private Sums guided(double[] logPriors, double[] logValues) {
    for (int slot = 0; slot < logPriors.length; slot++) {
      logValues[slot] += logPriors[slot];
    }
    double largest = largest(logValues);
    return new Sums(true, largest, blocks(logValues, largest));
  }

  private static double largest(double[] logs) {
    double largest = ZERO;
    for (double log : logs) {
      largest = Math.max(largest, log);
    }
    return largest;
  }

  /**
   * Sets the numbers of children that are complete or dead to {@code -inf}.
   *
   * @return whether the value of another one is not 1
   */
  private boolean leaveOut(double[] logPriors, double[] logValues) {
    long[] words = undecided.toLongArray();
    boolean weighted = false;
    for (int from = 0; from < logPriors.length; from += Long.SIZE) {
      int to = Math.min(logPriors.length, from + Long.SIZE);
      int word = from / Long.SIZE;
      long bits = word < words.length ? words[word] : 0;
      for (int slot = from; slot < to; slot++) {
        if ((bits >>> slot & 1) == 0) {
          logPriors[slot] = ZERO;
          logValues[slot] = ZERO;
        } else {
          weighted |= logValues[slot] != 0;
        }
      }
    }
    return weighted;
  }

  /** The child of largest probability, none being expanded. */
  private void findLargest(double[] logPriors) {
    double largest = ZERO;
    for (int slot = 0; slot < logPriors.length; slot++) {
      if (logPriors[slot] > largest) {
        largest = logPriors[slot];
        largestSlot = slot;
      }
    }
  }

  private static double weight(double logPrior, double logValue, double shift) {
    return logValue == ZERO ? 0 : Math.exp(logPrior + logValue - shift);
  }

  private double logComplete(double[] priors, double[] values) {
    double max = ZERO;
    var complete = new BitSet(priors.length);
    for (int slot = undecided.nextClearBit(0);
        slot < priors.length;
        slot = undecided.nextClearBit(slot + 1)) {
      double logWeight = priors[slot] + values[slot];
      if (logWeight > ZERO && children.isLeaf(slot)) {
        complete.set(slot);
        max = Math.max(max, logWeight);
      }
    }
    if (max == ZERO) {
      return ZERO;
    }
    double sum = 0;
    for (int slot = complete.nextSetBit(0); slot >= 0; slot = complete.nextSetBit(slot + 1)) {
      sum += Math.exp(priors[slot] + values[slot] - max);
    }
    return max + Math.log(sum);
  }

  /** The expanded node. */
  public int node() {
    return node;
  }

  /** Log-probability of the node under the model, nats. */
  public double logPi() {
    return logPi;
  }

  /** {@code log L(v)}: complete children's probability times reward, given the node. */
  public double logComplete() {
    return logComplete;
  }

  /** {@code log B(v)}: probability of children neither complete nor proven dead. */
  public double logPlain() {
    return plain.logTotal();
  }

  /** {@code log N(v)}: the same children's probability times value. */
  public double logGuided() {
    return guided.logTotal();
  }

  /** A child in proportion to {@code pi(c|v)}, complete and dead ones left out. */
  public FrontierPrefix drawPlain(Chooser chooser) {
    return prefix(plain.draw(chooser, undecided));
  }

  /** A child in proportion to {@code pi(c|v) V(c)}, complete and dead ones left out. */
  public FrontierPrefix drawGuided(Chooser chooser) {
    return prefix(guided.draw(chooser, undecided));
  }

  private FrontierPrefix prefix(int slot) {
    return new FrontierPrefix(this, slot, logPi + children.logPrior(slot), children.logValue(slot));
  }

  /** The expanded child in a slot; null if it is not expanded. */
  @Nullable FrontierNode child(int slot) {
    if (!expanded.get(slot)) {
      return null;
    }
    return below.stream().filter(child -> child.slotAbove == slot).findFirst().orElse(null);
  }

  /** Log of the unexpanded probability at or below the node, given the node. */
  double logOpen() {
    return logOpen;
  }

  /** The same, weighted by value. */
  double logGuidedOpen() {
    return logGuided;
  }

  /** Whether every undecided child at or below the node is expanded; paths may be very long. */
  boolean isClosed() {
    var open = new ArrayDeque<FrontierNode>(List.of(this));
    while (!open.isEmpty()) {
      FrontierNode node = open.removeLast();
      if (node.undecided.cardinality() != node.expanded.cardinality()) {
        return false;
      }
      open.addAll(node.below);
    }
    return true;
  }

  boolean isUndecided(int slot) {
    return undecided.get(slot);
  }

  /** Adds an expanded child; the sums are updated after all have been added. */
  void attach(FrontierNode child) {
    expanded.set(child.slotAbove);
    below.add(child);
    plainLeft.redo(child.slotAbove / BLOCK);
    if (guidedLeft != plainLeft) {
      guidedLeft.redo(child.slotAbove / BLOCK);
    }
  }

  void refreshAfterAttaching() {
    findLargest();
    refresh();
  }

  /** Adds an expanded child and updates the sums up to the root. */
  void add(FrontierNode child) {
    attach(child);
    if (child.slotAbove == largestSlot) {
      findLargest();
    }
    for (FrontierNode at = this; at != null; at = at.above) {
      at.refresh();
    }
  }

  /** A block is read only if its sum leaves room for a larger probability than found so far. */
  private void findLargest() {
    largestSlot = -1;
    double largest = ZERO;
    for (int block = 0; block * BLOCK < children.count(); block++) {
      if (plainLeft.mayHold(block, largest)) {
        int end = Math.min(children.count(), (block + 1) * BLOCK);
        for (int slot = undecided.nextSetBit(block * BLOCK);
            slot >= 0 && slot < end;
            slot = undecided.nextSetBit(slot + 1)) {
          if (!expanded.get(slot) && children.logPrior(slot) > largest) {
            largest = children.logPrior(slot);
            largestSlot = slot;
          }
        }
      }
    }
  }

  private void refresh() {
    int size = below.size();
    double[] opens = new double[size + 1];
    double[] guides = new double[size + 1];
    logLargest = largestSlot < 0 ? ZERO : children.logPrior(largestSlot);
    for (int i = 0; i < size; i++) {
      FrontierNode child = below.get(i);
      double prior = children.logPrior(child.slotAbove);
      opens[i] = prior + child.logOpen;
      guides[i] = prior + child.logGuided;
      logLargest = Math.max(logLargest, prior + child.logLargest);
    }
    opens[size] = plainLeft.logTotal();
    guides[size] = guidedLeft.logTotal();
    logOpen = logSum(opens);
    logGuided = logSum(guides);
  }

  private static double logSum(double[] logs) {
    double max = Arrays.stream(logs).max().orElse(ZERO);
    if (max == ZERO) {
      return ZERO;
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - max);
    }
    return max + Math.log(sum);
  }

  /**
   * An unexpanded prefix at or below the node, drawn in proportion to its probability or to
   * probability times value.
   */
  FrontierPrefix drawOpen(Chooser chooser, boolean byValue) {
    FrontierNode at = this;
    while (true) {
      int size = at.below.size();
      double total = byValue ? at.logGuided : at.logOpen;
      double[] cumulative = new double[size + 1];
      double sum = 0;
      for (int i = 0; i < size; i++) {
        FrontierNode child = at.below.get(i);
        double mass = byValue ? child.logGuided : child.logOpen;
        sum += Math.exp(at.children.logPrior(child.slotAbove) + mass - total);
        cumulative[i] = sum;
      }
      Sums own = byValue ? at.guidedLeft : at.plainLeft;
      cumulative[size] = sum + Math.exp(own.logTotal() - total);
      int chosen = chooser.categorical(cumulative, 0, size + 1);
      if (chosen == size) {
        var left = (BitSet) at.undecided.clone();
        left.andNot(at.expanded);
        return at.prefix(own.draw(chooser, left));
      }
      at = at.below.get(chosen);
    }
  }

  /** Log of the largest unexpanded probability at or below the node, given the node. */
  double logLargest() {
    return logLargest;
  }

  /** Log of the largest unexpanded probability among the node's own children, given the node. */
  double logLargestChild() {
    return largestSlot < 0 ? ZERO : children.logPrior(largestSlot);
  }

  /** The unexpanded child with the largest probability; requires an unexpanded child. */
  FrontierPrefix largestChild() {
    return prefix(largestSlot);
  }

  /** The expanded children. */
  List<FrontierNode> below() {
    return below;
  }

  /** Sums of numbers that are given by their logs, {@code -inf} for children left out. */
  private static double[] blocks(double[] logs, double shift) {
    double[] blocks = new double[Math.ceilDiv(logs.length, BLOCK)];
    if (shift == ZERO) {
      return blocks;
    }
    var exponentials = new Exponentials();
    for (int block = 0; block < blocks.length; block++) {
      int from = block * BLOCK;
      int length = Math.min(BLOCK, logs.length - from);
      if (logs.length > EnumeratedChildren.WIDE) {
        blocks[block] = exponentials.sum(logs, from, length, shift);
      } else {
        for (int slot = from; slot < from + length; slot++) {
          blocks[block] += Math.exp(logs[slot] - shift);
        }
      }
    }
    return blocks;
  }

  /** Sums of weights block by block; a draw chooses a block, then a slot inside it. */
  private final class Sums {
    private final boolean byValue;
    private final double shift;
    private double[] blocks;
    private boolean shared = true;

    /** Sums that may be shared: they are copied before they change. */
    Sums(boolean byValue, double shift, double[] blocks) {
      this.byValue = byValue;
      this.shift = shift;
      this.blocks = blocks;
    }

    Sums copy() {
      return new Sums(byValue, shift, blocks);
    }

    private double weight(int slot) {
      double logPrior = children.logPrior(slot);
      return byValue
          ? FrontierNode.weight(logPrior, children.logValue(slot), shift)
          : Math.exp(logPrior - shift);
    }

    /** Recomputes the sum of a block over unexpanded slots. */
    void redo(int block) {
      if (shared) {
        blocks = blocks.clone();
        shared = false;
      }
      double sum = 0;
      int end = Math.min(children.count(), (block + 1) * BLOCK);
      for (int slot = undecided.nextSetBit(block * BLOCK);
          slot >= 0 && slot < end;
          slot = undecided.nextSetBit(slot + 1)) {
        sum += expanded.get(slot) ? 0 : weight(slot);
      }
      blocks[block] = sum;
    }

    /** Whether an unexpanded slot of a block may be larger; false only if none is. */
    boolean mayHold(int block, double logNumber) {
      return logNumber == ZERO
          || blocks[block] * (1 + 1e-9) >= Math.exp(logNumber - shift)
          || blocks[block] < 1e-250;
    }

    double logTotal() {
      double sum = 0;
      for (double block : blocks) {
        sum += block;
      }
      return sum == 0 ? ZERO : shift + Math.log(sum);
    }

    int draw(Chooser chooser, BitSet among) {
      double[] cumulative = new double[blocks.length];
      double sum = 0;
      for (int block = 0; block < blocks.length; block++) {
        sum += blocks[block];
        cumulative[block] = sum;
      }
      int from = chooser.categorical(cumulative, 0, blocks.length) * BLOCK;
      int end = Math.min(children.count(), from + BLOCK);
      double[] inside = new double[end - from];
      sum = 0;
      for (int slot = from; slot < end; slot++) {
        sum += among.get(slot) ? weight(slot) : 0;
        inside[slot - from] = sum;
      }
      return from + chooser.categorical(inside, 0, inside.length);
    }
  }
}
