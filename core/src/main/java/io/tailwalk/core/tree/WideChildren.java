package io.tailwalk.core.tree;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.verify.ChildScores;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The children over a complete large vocabulary. Slots are tokens. In addition to the next-token
 * distribution it stores one sum per block of tokens; a draw chooses a block, then a token inside
 * it, recomputing that block's weights.
 */
final class WideChildren implements Children {
  private static final int BLOCK = 256;

  private final LogProbs distribution;
  private final ChildScores values;
  private final IntPredicate leaves;
  private final int @Nullable [] endTokens;
  private final @Nullable ChildScores proofs;
  private final double[] blockSums;
  private final Map<Integer, Double> revalued = new HashMap<>();
  private double shift;
  private double logTotal;

  /**
   * @param distribution the next-token distribution
   * @param values {@code log V}, or {@code log tau} of leaves
   * @param leaves which tokens end the completion
   * @param endTokens the same tokens as a list; null if all tokens do
   * @param proofs scores whose zeros prove that a prefix is dead; null if there are no proofs
   */
  WideChildren(
      LogProbs distribution,
      ChildScores values,
      IntPredicate leaves,
      int @Nullable [] endTokens,
      @Nullable ChildScores proofs) {
    this.distribution = distribution;
    this.values = values;
    this.leaves = leaves;
    this.endTokens = endTokens;
    this.proofs = proofs;
    this.blockSums = new double[(distribution.size() + BLOCK - 1) / BLOCK];
    recompute();
  }

  /** Recomputes the sums after a change of values. */
  void recompute() {
    double[] weights = logWeights();
    shift = Double.NEGATIVE_INFINITY;
    for (double weight : weights) {
      shift = Math.max(shift, weight);
    }
    logTotal = shift == Double.NEGATIVE_INFINITY ? shift : shift + Math.log(accumulate(weights));
  }

  /**
   * Adds to the values given by {@link #revalue}; the others change through the scores themselves.
   */
  void addToRevalued(double logFactor) {
    revalued.replaceAll((token, logValue) -> logValue + logFactor);
    recompute();
  }

  /** Sets a new value of a token that leads to an inner node and recomputes the sums. */
  void revalue(int token, double newLogValue) {
    revalued.put(token, newLogValue);
    recompute();
  }

  /** Sums block by block, each starting at zero, as {@link #fillBlock} computes them. */
  private double accumulate(double[] logWeights) {
    double sum = 0;
    for (int block = 0; block < blockSums.length; block++) {
      double ofBlock = 0;
      int end = Math.min(logWeights.length, (block + 1) * BLOCK);
      for (int token = block * BLOCK; token < end; token++) {
        if (logWeights[token] != Double.NEGATIVE_INFINITY) {
          ofBlock += Math.exp(logWeights[token] - shift);
        }
      }
      sum += ofBlock;
      blockSums[block] = sum;
    }
    return sum;
  }

  /** Running sums of the weights inside a block; returns the block's length. */
  private int fillBlock(int block, double[] scratch) {
    int from = block * BLOCK;
    int length = Math.min(BLOCK, distribution.size() - from);
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double weight = logWeight(from + i);
      if (weight != Double.NEGATIVE_INFINITY) {
        sum += Math.exp(weight - shift);
      }
      scratch[i] = sum;
    }
    return length;
  }

  @Override
  public boolean isLeaf(int slot) {
    return leaves.test(slot);
  }

  @Override
  public BitSet undecided() {
    var undecided = new BitSet(distribution.size());
    if (endTokens == null) {
      return undecided;
    }
    double[] scores = logPriors();
    setAlive(undecided, scores);
    if (proofs != null) {
      var alive = new BitSet(scores.length);
      proofs.logScores(scores);
      setAlive(alive, scores);
      undecided.and(alive);
    }
    for (int token : endTokens) {
      undecided.clear(token);
    }
    return undecided;
  }

  private static void setAlive(BitSet into, double[] scores) {
    for (int token = 0; token < scores.length; token++) {
      if (scores[token] > Double.NEGATIVE_INFINITY) {
        into.set(token);
      }
    }
  }

  @Override
  public double[] logPriors() {
    double[] priors = new double[distribution.size()];
    distribution.logProbs(priors);
    return priors;
  }

  @Override
  public double logTotal() {
    return logTotal;
  }

  @Override
  public int draw(Chooser chooser) {
    int block = chooser.categorical(blockSums, 0, blockSums.length);
    double[] scratch = new double[BLOCK];
    int length = fillBlock(block, scratch);
    return block * BLOCK + chooser.categorical(scratch, 0, length);
  }

  @Override
  public int count() {
    return distribution.size();
  }

  @Override
  public double logWeight(int slot) {
    double value = logValue(slot);
    return value == Double.NEGATIVE_INFINITY ? value : value + distribution.logProb(slot);
  }

  @Override
  public double[] logValues() {
    double[] all = new double[distribution.size()];
    values.logScores(all);
    revalued.forEach((token, logValue) -> all[token] = logValue);
    return all;
  }

  @Override
  public double[] logWeights() {
    double[] weights = logValues();
    double[] priors = new double[weights.length];
    distribution.logProbs(priors);
    for (int token = 0; token < weights.length; token++) {
      // A value of zero counts, whatever the model's probability.
      weights[token] =
          weights[token] == Double.NEGATIVE_INFINITY
              ? Double.NEGATIVE_INFINITY
              : weights[token] + priors[token];
    }
    return weights;
  }

  @Override
  public double logPrior(int slot) {
    return distribution.logProb(slot);
  }

  @Override
  public double logValue(int slot) {
    if (revalued.isEmpty()) {
      return values.logScore(slot);
    }
    Double changed = revalued.get(slot);
    return changed == null ? values.logScore(slot) : changed;
  }

  @Override
  public long memoryBytes() {
    return 64 + 8L * blockSums.length;
  }
}
