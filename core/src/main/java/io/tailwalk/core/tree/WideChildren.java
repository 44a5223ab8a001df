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
 * A large vocabulary enumerated whole. Slots are tokens. Beyond the next-token law it keeps one sum
 * per block of tokens; a draw chooses a block, then a token inside it, recomputing that block's
 * weights.
 */
final class WideChildren implements Children {
  private static final int BLOCK = 256;

  private final LogProbs law;
  private final ChildScores values;
  private final IntPredicate leaves;
  private final int @Nullable [] endTokens;
  private final @Nullable ChildScores proofs;
  private final double[] blockSums;
  private final Map<Integer, Double> revalued = new HashMap<>();
  private double shift;
  private double logTotal;

  /**
   * @param law of the next token
   * @param values {@code log V}, or {@code log tau} of leaves
   * @param leaves which tokens end the completion
   * @param endTokens the same tokens listed; null where all do
   * @param proofs scores whose zeros prove that a prefix is dead; null where nothing is proven
   */
  WideChildren(
      LogProbs law,
      ChildScores values,
      IntPredicate leaves,
      int @Nullable [] endTokens,
      @Nullable ChildScores proofs) {
    this.law = law;
    this.values = values;
    this.leaves = leaves;
    this.endTokens = endTokens;
    this.proofs = proofs;
    this.blockSums = new double[(law.size() + BLOCK - 1) / BLOCK];
    recompute();
  }

  /** Redoes the sums after the values have changed. */
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

  /** Takes a new value of a token that leads to an inner node and redoes the sums. */
  void revalue(int token, double newLogValue) {
    revalued.put(token, newLogValue);
    recompute();
  }

  /** Sums block by block, each begun afresh, as {@link #fillBlock} does it. */
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
    int length = Math.min(BLOCK, law.size() - from);
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
    var undecided = new BitSet(law.size());
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
    double[] priors = new double[law.size()];
    law.logProbs(priors);
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
    return law.size();
  }

  @Override
  public double logWeight(int slot) {
    double value = logValue(slot);
    return value == Double.NEGATIVE_INFINITY ? value : value + law.logProb(slot);
  }

  @Override
  public double[] logValues() {
    double[] all = new double[law.size()];
    values.logScores(all);
    revalued.forEach((token, logValue) -> all[token] = logValue);
    return all;
  }

  @Override
  public double[] logWeights() {
    double[] weights = logValues();
    double[] priors = new double[weights.length];
    law.logProbs(priors);
    for (int token = 0; token < weights.length; token++) {
      // A value of zero counts, whatever the model says.
      weights[token] =
          weights[token] == Double.NEGATIVE_INFINITY
              ? Double.NEGATIVE_INFINITY
              : weights[token] + priors[token];
    }
    return weights;
  }

  @Override
  public double logPrior(int slot) {
    return law.logProb(slot);
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
