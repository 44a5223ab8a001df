package io.tailwalk.core.tree;

import io.tailwalk.core.Exponentials;
import io.tailwalk.core.random.Chooser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
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

  /** A difference of sums that is a smaller part of one of them is computed from its terms. */
  private static final double LITTLE = 1e-3;

  /** Log of a sum below which terms might be rounded to zero. */
  private static final double LOG_SMALLEST = -460;

  /** More expanded children than this are looked up in a set. */
  private static final int FEW = 16;

  private final int node;
  private final @Nullable FrontierNode above;
  private final int slotAbove;
  private final double logPriorAbove;
  private final double logPi;
  private final Children children;
  private final SlotNumbers numbers;
  private final Guide.Correction correction;
  private final double logComplete;
  private final double logPlain;
  private final double logGuidedChildren;
  private final int undecidedCount;
  private @Nullable BitSet expanded;
  private List<FrontierNode> below = List.of();
  private @Nullable Detail detail;
  private double logPlainLeft;
  private double logGuidedLeft;
  private int largestSlot;
  private double logLargestChild;
  private double logOpen;
  private double logGuided;
  private double logLargest;

  /** What is dropped with the distribution of a node and read again when it is needed. */
  private final class Detail implements NodeDistribution.Derived {
    /** Prefixes that are neither complete nor proven dead, expanded or not. */
    private final BitSet undecided;

    /** Running sums over blocks of all undecided prefixes, and of those not expanded. */
    private final Sums plain;

    private final Sums guided;
    private final Sums plainLeft;
    private final Sums guidedLeft;

    private final double logComplete;

    /** The undecided child of largest probability; -1 if there is none. */
    private final int largestSlot;

    @SuppressWarnings("ReferenceEquality") // one object for both
    Detail(BitSet undecided, Sums plain, Sums guided, double logComplete, int largestSlot) {
      this.undecided = undecided;
      this.plain = plain;
      this.guided = guided;
      this.plainLeft = plain.copy();
      this.guidedLeft = guided == plain ? plainLeft : guided.copy();
      this.logComplete = logComplete;
      this.largestSlot = largestSlot;
    }

    @SuppressWarnings("ReferenceEquality") // one object for both
    void redo(int block) {
      plainLeft.redo(block);
      if (guidedLeft != plainLeft) {
        guidedLeft.redo(block);
      }
    }

    @Override
    public void drop() {
      detail = null;
    }

    @Override
    public long bytes() {
      int copies = guided.equals(plain) ? 1 : 3;
      return 200
          + children.count() / Byte.SIZE
          + copies * 8L * Math.ceilDiv(children.count(), BLOCK);
    }
  }

  /**
   * Reads the children of an expanded node.
   *
   * @param numbers arrays for the work of this constructor
   * @param correction of the children's values
   */
  FrontierNode(
      int node,
      double logPi,
      Children children,
      @Nullable FrontierNode above,
      int slotAbove,
      SlotNumbers numbers,
      Guide.Correction correction) {
    this.node = node;
    this.logPi = logPi;
    this.above = above;
    this.slotAbove = slotAbove;
    this.logPriorAbove = above == null ? 0 : above.children.logPrior(slotAbove);
    this.children = children;
    this.numbers = numbers;
    this.correction = correction;
    Detail read = read();
    this.logComplete = read.logComplete;
    this.logPlain = read.plain.logTotal();
    this.logGuidedChildren = read.guided.logTotal();
    this.undecidedCount = read.undecided.cardinality();
    this.logPlainLeft = logPlain;
    this.logGuidedLeft = logGuidedChildren;
    this.largestSlot = read.largestSlot;
    this.logLargestChild = largestSlot < 0 ? ZERO : children.logPrior(largestSlot);
    keep(read);
    refresh();
  }

  private void keep(Detail read) {
    detail = read;
    switch (children) {
      case ChildTable _ -> {}
      case WideChildren wide -> wide.source().derive(read);
      case MaskedChildren masked -> masked.source().derive(read);
    }
  }

  private Detail read() {
    BitSet undecided = children.undecided();
    if (children instanceof MaskedChildren masked) {
      var plain = new Sums(undecided, false, masked.logUnit(), masked.openSums());
      Sums guided = guided(masked, plain);
      if (guided != null) {
        return new Detail(undecided, plain, guided, masked.logComplete(), masked.largestOpen());
      }
    }
    double[] priors = numbers.first(children.count());
    double[] values = numbers.second(children.count());
    children.logPriors(priors);
    children.logValues(values);
    double complete = logComplete(undecided, priors, values);
    boolean weighted = leaveOut(undecided, priors, values) || isCorrected();
    double largestPrior = largest(priors);
    var plain = new Sums(undecided, false, largestPrior, blocks(priors, largestPrior));
    int largestChild = indexOfLargest(priors);
    Sums guided = weighted ? guided(undecided, priors, values) : plain;
    return new Detail(undecided, plain, guided, complete, largestChild);
  }

  /** What the children need to be drawn, read again if it was dropped. */
  private Detail detail() {
    Detail known = detail;
    if (known != null) {
      return known;
    }
    Detail read = read();
    below.stream().mapToInt(child -> child.slotAbove / BLOCK).distinct().forEach(read::redo);
    keep(read);
    return read;
  }

  private boolean isCorrected() {
    return !correction.equals(Guide.Correction.NONE);
  }

  /** {@code log V} of a child with its correction. */
  private double corrected(int slot, double logValue) {
    return logValue == ZERO ? ZERO : logValue + correction.logFactor(slot, logValue);
  }

  /** The guided sums of children under a mask; null if these must be read one by one. */
  private @Nullable Sums guided(MaskedChildren masked, Sums plain) {
    double logValue = masked.logFactor();
    if (masked.isComplete()) {
      return plain;
    }
    if (!isCorrected()) {
      return logValue == 0
          ? plain
          : new Sums(plain.undecided, true, masked.logUnit() + logValue, plain.blocks);
    }
    Guide.Few few = correction.few(logValue);
    return few == null ? null : guided(masked, plain, few);
  }

  private @Nullable Sums guided(MaskedChildren masked, Sums plain, Guide.Few few) {
    int[] tokens =
        Arrays.stream(few.tokens())
            .filter(token -> token < children.count() && plain.undecided.get(token))
            .toArray();
    double logOthers = masked.logFactor() + few.logFactor();
    double[] logs = new double[tokens.length];
    double most = logOthers;
    for (int i = 0; i < tokens.length; i++) {
      logs[i] = corrected(tokens[i], masked.logFactor());
      most = Math.max(most, logs[i]);
    }
    double others = Math.exp(logOthers - most);
    double[] open = plain.blocks;
    double[] blocks = new double[open.length];
    int next = 0;
    for (int block = 0; block < blocks.length; block++) {
      int first = next;
      double ofTokens = 0;
      double weighted = 0;
      for (; next < tokens.length && tokens[next] / BLOCK == block; next++) {
        double ratio = Math.exp(masked.logPrior(tokens[next]) - masked.logUnit());
        ofTokens += ratio;
        weighted += ratio * Math.exp(logs[next] - most);
      }
      double rest = open[block] - ofTokens;
      if (next > first && rest < LITTLE * open[block]) {
        // The difference has few digits.
        rest = masked.openSumWithout(block, tokens, first, next);
      }
      blocks[block] = weighted + others * rest;
    }
    var sums = new Sums(plain.undecided, true, masked.logUnit() + most, blocks);
    return sums.logTotal() - sums.shift > LOG_SMALLEST ? sums : null;
  }

  private Sums guided(BitSet undecided, double[] logPriors, double[] logValues) {
    for (int slot = 0; slot < logPriors.length; slot++) {
      logValues[slot] = corrected(slot, logValues[slot]) + logPriors[slot];
    }
    double largest = largest(logValues);
    return new Sums(undecided, true, largest, blocks(logValues, largest));
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
  private static boolean leaveOut(BitSet undecided, double[] logPriors, double[] logValues) {
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
  private static int indexOfLargest(double[] logPriors) {
    double largest = ZERO;
    int index = -1;
    for (int slot = 0; slot < logPriors.length; slot++) {
      if (logPriors[slot] > largest) {
        largest = logPriors[slot];
        index = slot;
      }
    }
    return index;
  }

  private static double weight(double logPrior, double logValue, double shift) {
    return logValue == ZERO ? 0 : Math.exp(logPrior + logValue - shift);
  }

  private double logComplete(BitSet undecided, double[] priors, double[] values) {
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
    return logPlain;
  }

  /** {@code log N(v)}: the same children's probability times value, corrected by the guide. */
  public double logGuided() {
    return logGuidedChildren;
  }

  /** A child in proportion to {@code pi(c|v)}, complete and dead ones left out. */
  public FrontierPrefix drawPlain(Chooser chooser) {
    return prefix(detail().plain.draw(chooser, detail().undecided));
  }

  /** A child in proportion to {@code pi(c|v) V(c) e^g}, complete and dead ones left out. */
  public FrontierPrefix drawGuided(Chooser chooser) {
    return prefix(detail().guided.draw(chooser, detail().undecided));
  }

  private FrontierPrefix prefix(int slot) {
    return new FrontierPrefix(
        this, slot, logPi + children.logPrior(slot), corrected(slot, children.logValue(slot)));
  }

  /** The expanded child in a slot; null if it is not expanded. */
  @Nullable FrontierNode child(int slot) {
    if (!isExpanded(slot)) {
      return null;
    }
    return below.stream().filter(child -> child.slotAbove == slot).findFirst().orElse(null);
  }

  private boolean isExpanded(int slot) {
    if (expanded != null) {
      return expanded.get(slot);
    }
    for (int i = 0; i < below.size(); i++) {
      if (below.get(i).slotAbove == slot) {
        return true;
      }
    }
    return false;
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
      if (node.undecidedCount != node.below.size()) {
        return false;
      }
      open.addAll(node.below);
    }
    return true;
  }

  boolean isUndecided(int slot) {
    return detail().undecided.get(slot);
  }

  /** Adds an expanded child; the sums are updated after all have been added. */
  void attach(FrontierNode child) {
    Detail numbersOfChildren = detail();
    if (below.isEmpty()) {
      below = new ArrayList<>(1);
    }
    below.add(child);
    if (expanded != null) {
      expanded.set(child.slotAbove);
    } else if (below.size() > FEW) {
      var slots = new BitSet();
      below.forEach(known -> slots.set(known.slotAbove));
      expanded = slots;
    }
    numbersOfChildren.redo(child.slotAbove / BLOCK);
    logPlainLeft = numbersOfChildren.plainLeft.logTotal();
    logGuidedLeft = numbersOfChildren.guidedLeft.logTotal();
    if (child.slotAbove == largestSlot) {
      findLargest(numbersOfChildren);
    }
  }

  /**
   * Puts the children that were attached into the order of their nodes, in which sums are taken,
   * and updates the sums.
   */
  void refreshAfterAttaching() {
    if (below.size() > 1) {
      below.sort(Comparator.comparingInt(FrontierNode::node));
    }
    refresh();
  }

  /** Adds an expanded child and updates the sums up to the root. */
  void add(FrontierNode child) {
    attach(child);
    for (FrontierNode at = this; at != null; at = at.above) {
      at.refresh();
    }
  }

  /** A block is read only if its sum leaves room for a larger probability than found so far. */
  private void findLargest(Detail among) {
    largestSlot = -1;
    double largest = ZERO;
    for (int block = 0; block * BLOCK < children.count(); block++) {
      if (among.plainLeft.mayHold(block, largest)) {
        int end = Math.min(children.count(), (block + 1) * BLOCK);
        for (int slot = among.undecided.nextSetBit(block * BLOCK);
            slot >= 0 && slot < end;
            slot = among.undecided.nextSetBit(slot + 1)) {
          if (children.logPrior(slot) > largest && !isExpanded(slot)) {
            largest = children.logPrior(slot);
            largestSlot = slot;
          }
        }
      }
    }
    logLargestChild = largest;
  }

  private void refresh() {
    int size = below.size();
    double[] opens = new double[size + 1];
    double[] guides = new double[size + 1];
    logLargest = logLargestChild;
    for (int i = 0; i < size; i++) {
      FrontierNode child = below.get(i);
      double prior = child.logPriorAbove;
      opens[i] = prior + child.logOpen;
      guides[i] = prior + child.logGuided;
      logLargest = Math.max(logLargest, prior + child.logLargest);
    }
    opens[size] = logPlainLeft;
    guides[size] = logGuidedLeft;
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
        sum += Math.exp(child.logPriorAbove + mass - total);
        cumulative[i] = sum;
      }
      double own = byValue ? at.logGuidedLeft : at.logPlainLeft;
      cumulative[size] = sum + Math.exp(own - total);
      int chosen = chooser.categorical(cumulative, 0, size + 1);
      if (chosen == size) {
        Detail known = at.detail();
        var left = (BitSet) known.undecided.clone();
        at.below.forEach(child -> left.clear(child.slotAbove));
        Sums sums = byValue ? known.guidedLeft : known.plainLeft;
        return at.prefix(sums.draw(chooser, left));
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
    return logLargestChild;
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
    private final BitSet undecided;
    private final boolean byValue;
    private final double shift;
    private double[] blocks;
    private boolean shared = true;

    /** Sums that may be shared: they are copied before they change. */
    Sums(BitSet undecided, boolean byValue, double shift, double[] blocks) {
      this.undecided = undecided;
      this.byValue = byValue;
      this.shift = shift;
      this.blocks = blocks;
    }

    Sums copy() {
      return new Sums(undecided, byValue, shift, blocks);
    }

    private double weight(int slot) {
      double logPrior = children.logPrior(slot);
      return byValue
          ? FrontierNode.weight(logPrior, corrected(slot, children.logValue(slot)), shift)
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
        sum += isExpanded(slot) ? 0 : weight(slot);
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
