package io.tailwalk.core.tree;

import io.tailwalk.core.Exponentials;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.verify.ChildScores;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The children over a complete large vocabulary. Slots are tokens. With the next-token distribution
 * it stores one sum per block of tokens; a draw chooses a block, then a token inside it,
 * recomputing that block's weights.
 */
final class WideChildren implements Children, NodeDistribution.Derived {
  private static final int BLOCK = Exponentials.BLOCK;

  private final NodeDistribution source;
  private final int count;
  private final ChildScores values;
  private final IntPredicate leaves;
  private final int @Nullable [] endTokens;
  private final @Nullable ChildScores proofs;
  private final WideScratch scratch;
  private double @Nullable [] blockSums;
  private double shift;
  private double logTotal;

  /**
   * @param source the next-token distribution
   * @param values {@code log V}, or {@code log tau} of leaves
   * @param leaves which tokens end the completion
   * @param endTokens the same tokens as a list; null if all tokens do
   * @param proofs scores whose zeros prove that a prefix is dead; null if there are no proofs
   * @param scratch room for numbers of all tokens, shared by the nodes of a tree
   */
  WideChildren(
      NodeDistribution source,
      ChildScores values,
      IntPredicate leaves,
      int @Nullable [] endTokens,
      @Nullable ChildScores proofs,
      WideScratch scratch) {
    this.source = source;
    this.count = source.get().size();
    this.values = values;
    this.leaves = leaves;
    this.endTokens = endTokens;
    this.proofs = proofs;
    this.scratch = scratch;
    recompute();
  }

  NodeDistribution source() {
    return source;
  }

  /** Recomputes the sums after a change of values, or after they were dropped. */
  void recompute() {
    double[] weights = scratch.numbers();
    logWeights(weights);
    shift = Double.NEGATIVE_INFINITY;
    for (double weight : weights) {
      shift = Math.max(shift, weight);
    }
    double[] sums = new double[Math.ceilDiv(count, BLOCK)];
    double total = shift == Double.NEGATIVE_INFINITY ? 0 : accumulate(weights, sums);
    logTotal = shift == Double.NEGATIVE_INFINITY ? shift : shift + Math.log(total);
    boolean known = blockSums != null;
    blockSums = sums;
    if (!known) {
      source.derive(this);
    }
  }

  /** Running sums over blocks, each of which {@link #fillBlock} computes in the same units. */
  private double accumulate(double[] logWeights, double[] sums) {
    double sum = 0;
    for (int block = 0; block < sums.length; block++) {
      int from = block * BLOCK;
      sum += scratch.exponentials().sum(logWeights, from, length(block), shift);
      sums[block] = sum;
    }
    return sum;
  }

  private double[] blockSums() {
    if (blockSums == null) {
      recompute();
    }
    return Objects.requireNonNull(blockSums);
  }

  @Override
  public void drop() {
    blockSums = null;
  }

  @Override
  public long bytes() {
    return 16 + 8L * Math.ceilDiv(count, BLOCK);
  }

  private int length(int block) {
    return Math.min(BLOCK, count - block * BLOCK);
  }

  /** Running sums of the weights inside a block; returns the block's length. */
  private int fillBlock(int block, double[] sums) {
    int from = block * BLOCK;
    int length = length(block);
    for (int i = 0; i < length; i++) {
      sums[i] = logWeight(from + i);
    }
    scratch.exponentials().runningSums(sums, length, shift);
    return length;
  }

  @Override
  public boolean isLeaf(int slot) {
    return leaves.test(slot);
  }

  @Override
  public BitSet undecided() {
    if (endTokens == null) {
      return new BitSet();
    }
    double[] scores = scratch.numbers();
    source.get().logProbs(scores);
    long[] alive = new long[Math.ceilDiv(scores.length, Long.SIZE)];
    Arrays.fill(alive, -1L);
    keepAlive(alive, scores);
    if (proofs != null) {
      proofs.logScores(scores);
      keepAlive(alive, scores);
    }
    BitSet undecided = BitSet.valueOf(alive);
    for (int token : endTokens) {
      undecided.clear(token);
    }
    return undecided;
  }

  /** Clears the bits of tokens without a score, a word at a time. */
  private static void keepAlive(long[] alive, double[] scores) {
    for (int word = 0; word < alive.length; word++) {
      int from = word * Long.SIZE;
      int to = Math.min(scores.length, from + Long.SIZE);
      long bits = 0;
      for (int token = from; token < to; token++) {
        bits |= (scores[token] > Double.NEGATIVE_INFINITY ? 1L : 0L) << token;
      }
      alive[word] &= bits;
    }
  }

  @Override
  public void logPriors(double[] out) {
    source.get().logProbs(out);
  }

  @Override
  public double logTotal() {
    return logTotal;
  }

  @Override
  public int draw(Chooser chooser) {
    double[] running = blockSums();
    int block = chooser.categorical(running, 0, running.length);
    double[] sums = scratch.block();
    int length = fillBlock(block, sums);
    return block * BLOCK + chooser.categorical(sums, 0, length);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public double logWeight(int slot) {
    double value = logValue(slot);
    return value == Double.NEGATIVE_INFINITY ? value : value + source.get().logProb(slot);
  }

  @Override
  public void logValues(double[] out) {
    values.logScores(out);
  }

  /** A value of zero counts, whatever the model's probability. */
  @Override
  public void logWeights(double[] out) {
    logValues(out);
    source.get().addTo(out);
  }

  @Override
  public double logPrior(int slot) {
    return source.get().logProb(slot);
  }

  @Override
  public double logValue(int slot) {
    return values.logScore(slot);
  }

  @Override
  public long memoryBytes() {
    return 112;
  }
}
