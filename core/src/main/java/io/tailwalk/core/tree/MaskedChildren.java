package io.tailwalk.core.tree;

import io.tailwalk.core.Exponentials;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.random.Chooser;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The children over a complete large vocabulary under a mask: a token in it has one value, the same
 * for all, others have none, and tokens that end the response have rewards of their own. Slots are
 * tokens. One reading of the distribution finds all that draws and the certain bounds of the
 * success probability need; one sum per block of tokens is kept as long as the distribution is.
 */
final class MaskedChildren implements Children, NodeDistribution.Derived {
  private static final int BLOCK = Exponentials.BLOCK;
  private static final double ZERO = Double.NEGATIVE_INFINITY;

  /** A smaller sum, in units of the largest probability, has too few digits. */
  private static final double SMALLEST_SUM = 1e-250;

  private final NodeDistribution source;
  private final int count;
  private final double logUnit;
  private final long[] mask;
  private final Ends ends;
  private final boolean complete;
  private final WideScratch scratch;

  /** Sums of the probabilities in the mask, in units of the largest; ends are left out. */
  private double @Nullable [] blockSums;

  /** Log-probabilities of the ends. */
  private final double[] endPriors;

  private final double blockTotal;
  private final int largest;
  private double logFactor;
  private double logTotal;

  /**
   * Tokens that end a response of any length.
   *
   * @param tokens in increasing order
   * @param logRewards {@code log tau} of each
   */
  @SuppressWarnings("ArrayRecordComponent") // read only, and never compared
  record Ends(int[] tokens, double[] logRewards) {
    int indexOf(int token) {
      if (tokens.length == 0 || token < tokens[0] || token > tokens[tokens.length - 1]) {
        return -1;
      }
      return Arrays.binarySearch(tokens, token);
    }

    /** Index of the first token that is not below another. */
    int firstFrom(int token) {
      if (tokens.length == 0 || tokens[tokens.length - 1] < token) {
        return tokens.length;
      }
      int index = Arrays.binarySearch(tokens, token);
      return index < 0 ? -index - 1 : index;
    }
  }

  private MaskedChildren(
      NodeDistribution source,
      long[] mask,
      Ends ends,
      boolean complete,
      double logFactor,
      WideScratch scratch) {
    LogProbs distribution = source.get();
    this.source = source;
    this.count = distribution.size();
    this.logUnit = distribution.logLargest();
    this.mask = mask;
    this.ends = ends;
    this.complete = complete;
    this.scratch = scratch;
    this.logFactor = logFactor;
    this.endPriors = new double[ends.tokens.length];
    Arrays.setAll(endPriors, i -> distribution.logProb(ends.tokens[i]));
    double[] sums = new double[Math.ceilDiv(count, BLOCK)];
    double most = 0;
    int mostBlock = -1;
    double total = 0;
    double[] inside = scratch.block();
    for (int block = 0; block < sums.length; block++) {
      int length = fill(distribution, block, inside);
      if (length > 0) {
        sums[block] = Exponentials.sum(inside, 0, length);
        total += sums[block];
        double here = largest(inside, length);
        if (here > most) {
          most = here;
          mostBlock = block;
        }
      }
    }
    this.blockTotal = total;
    this.largest = mostBlock < 0 ? -1 : find(distribution, most, mostBlock, inside);
    this.logTotal = logSum();
    keep(sums);
  }

  private void keep(double[] sums) {
    blockSums = sums;
    source.derive(this);
  }

  /** Sums of the probabilities in the mask, computed again if they were dropped. */
  private double[] blockSums() {
    double[] known = blockSums;
    if (known != null) {
      return known;
    }
    LogProbs distribution = source.get();
    double[] sums = new double[Math.ceilDiv(count, BLOCK)];
    double[] inside = scratch.block();
    for (int block = 0; block < sums.length; block++) {
      int length = fill(distribution, block, inside);
      sums[block] = length > 0 ? Exponentials.sum(inside, 0, length) : 0;
    }
    keep(sums);
    return sums;
  }

  @Override
  public void drop() {
    blockSums = null;
  }

  @Override
  public long bytes() {
    return 16 + 8L * Math.ceilDiv(count, BLOCK);
  }

  NodeDistribution source() {
    return source;
  }

  /**
   * The children of a node; null if the mask leaves so little probability that it needs units of
   * its own.
   *
   * @param mask tokens as bits, see {@link io.tailwalk.core.verify.ChildScores#mask}
   * @param complete whether all children are complete responses
   * @param logFactor {@code log V} of tokens in the mask, 0 if they are complete
   * @param scratch room for numbers of a block, shared by the nodes of a tree
   */
  static @Nullable MaskedChildren of(
      NodeDistribution source,
      long[] mask,
      Ends ends,
      boolean complete,
      double logFactor,
      WideScratch scratch) {
    var made = new MaskedChildren(source, mask, ends, complete, logFactor, scratch);
    return made.blockTotal < SMALLEST_SUM && made.hasToken() ? null : made;
  }

  private boolean hasToken() {
    return Arrays.stream(mask).anyMatch(word -> word != 0);
  }

  /**
   * The probabilities of a block in units of the largest, 0 outside the mask and for ends.
   *
   * @return the length of the block; 0 if none of its tokens is in the mask
   */
  private int fill(LogProbs distribution, int block, double[] inside) {
    int first = block * (BLOCK / Long.SIZE);
    int last = Math.min(mask.length, first + BLOCK / Long.SIZE);
    long any = 0;
    for (int word = first; word < last; word++) {
      any |= mask[word];
    }
    if (any == 0) {
      return 0;
    }
    int length = distribution.ratios(block, inside, scratch.exponentials());
    for (int at = 0; at < length; at += Long.SIZE) {
      for (long out = outside(first + at / Long.SIZE, length - at); out != 0; out &= out - 1) {
        inside[at + Long.numberOfTrailingZeros(out)] = 0;
      }
    }
    int from = block * BLOCK;
    for (int i = ends.firstFrom(from); i < ends.tokens.length; i++) {
      if (ends.tokens[i] >= from + length) {
        break;
      }
      inside[ends.tokens[i] - from] = 0;
    }
    return length;
  }

  /** The tokens of a word that are not in the mask, as bits; only a number of them count. */
  private long outside(int word, int tokens) {
    long outside = word < mask.length ? ~mask[word] : -1L;
    return tokens < Long.SIZE ? outside & ((1L << tokens) - 1) : outside;
  }

  private static double largest(double[] numbers, int length) {
    double largest = 0;
    for (int i = 0; i < length; i++) {
      largest = Math.max(largest, numbers[i]);
    }
    return largest;
  }

  private int find(LogProbs distribution, double number, int block, double[] inside) {
    fill(distribution, block, inside);
    int i = 0;
    while (inside[i] != number) {
      i++;
    }
    return block * BLOCK + i;
  }

  private double logSum() {
    double unit = unit(logMasked());
    return inUnits(Math.exp(logMasked() - unit), unit);
  }

  /** The log of a sum and the weights of all ends. */
  private double inUnits(double sum, double unit) {
    for (int i = 0; i < ends.tokens.length; i++) {
      sum += Math.exp(logEnd(i) - unit);
    }
    return sum > 0 ? unit + Math.log(sum) : ZERO;
  }

  /** Log-weight of all tokens in the mask together. */
  private double logMasked() {
    return logUnit + logFactor + Math.log(blockTotal);
  }

  private double logEnd(int index) {
    double logReward = ends.logRewards[index];
    return logReward == ZERO ? ZERO : logReward + endPriors[index];
  }

  /** The largest of a log-weight and those of the ends; 0 if all are zero. */
  private double unit(double logWeight) {
    double unit = logWeight;
    for (int i = 0; i < ends.tokens.length; i++) {
      unit = Math.max(unit, logEnd(i));
    }
    return unit == ZERO ? 0 : unit;
  }

  /** Adds to the log-value of the tokens in the mask, unless they are complete. */
  void addToOpen(double change) {
    if (!complete) {
      logFactor += change;
      logTotal = logSum();
    }
  }

  @Override
  public double logTotal() {
    return logTotal;
  }

  @Override
  public int draw(Chooser chooser) {
    double unit = unit(logMasked());
    double perRatio = Math.exp(logUnit + logFactor - unit);
    double[] sums = blockSums();
    double[] running = new double[sums.length + ends.tokens.length];
    double sum = 0;
    for (int block = 0; block < sums.length; block++) {
      sum += sums[block] * perRatio;
      running[block] = sum;
    }
    for (int i = 0; i < ends.tokens.length; i++) {
      sum += Math.exp(logEnd(i) - unit);
      running[sums.length + i] = sum;
    }
    int chosen = chooser.categorical(running, 0, running.length);
    return chosen < sums.length ? inside(chosen, chooser) : ends.tokens[chosen - sums.length];
  }

  private int inside(int block, Chooser chooser) {
    double[] sums = scratch.block();
    int length = fill(source.get(), block, sums);
    for (int i = 1; i < length; i++) {
      sums[i] += sums[i - 1];
    }
    return block * BLOCK + chooser.categorical(sums, 0, length);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public double logWeight(int slot) {
    double logValue = logValue(slot);
    return logValue == ZERO ? ZERO : logValue + logPrior(slot);
  }

  @Override
  public void logWeights(double[] out) {
    logWeights(out, 0);
  }

  @Override
  public void logWeights(double[] out, double more) {
    logValues(out, complete ? logFactor : logFactor + more);
    source.get().addTo(out);
  }

  /** Those of ends are known without the distribution. */
  @Override
  public double logPrior(int slot) {
    int end = ends.indexOf(slot);
    return end >= 0 ? endPriors[end] : source.get().logProb(slot);
  }

  @Override
  public int @Nullable [] leaves() {
    return complete ? null : ends.tokens;
  }

  @Override
  public void logPriors(double[] out) {
    source.get().logProbs(out);
  }

  @Override
  public double logValue(int slot) {
    int end = ends.indexOf(slot);
    if (end >= 0) {
      return ends.logRewards[end];
    }
    int word = slot >>> 6;
    return word < mask.length && (mask[word] >>> slot & 1) != 0 ? logFactor : ZERO;
  }

  @Override
  public void logValues(double[] out) {
    logValues(out, logFactor);
  }

  private void logValues(double[] out, double inMask) {
    Arrays.fill(out, inMask);
    for (int at = 0; at < out.length; at += Long.SIZE) {
      for (long left = outside(at / Long.SIZE, out.length - at); left != 0; left &= left - 1) {
        out[at + Long.numberOfTrailingZeros(left)] = ZERO;
      }
    }
    for (int i = 0; i < ends.tokens.length; i++) {
      out[ends.tokens[i]] = ends.logRewards[i];
    }
  }

  @Override
  public boolean isLeaf(int slot) {
    return complete || ends.indexOf(slot) >= 0;
  }

  @Override
  public BitSet undecided() {
    if (complete) {
      return new BitSet();
    }
    BitSet undecided = BitSet.valueOf(mask);
    undecided.clear(count(), Math.max(count(), undecided.length()));
    for (int token : ends.tokens) {
      undecided.clear(token);
    }
    LogProbs distribution = source.get();
    if (!distribution.isPositive()) {
      for (int token = undecided.nextSetBit(0);
          token >= 0;
          token = undecided.nextSetBit(token + 1)) {
        undecided.set(token, distribution.logProb(token) > ZERO);
      }
    }
    return undecided;
  }

  @Override
  public Uniform uniform() {
    return new Uniform(logFactor, complete ? ZERO : logMasked(), logComplete());
  }

  /** Whether all children are complete responses. */
  boolean isComplete() {
    return complete;
  }

  /** {@code log V} of the tokens in the mask. */
  double logFactor() {
    return logFactor;
  }

  /**
   * Sums of the probabilities of undecided children, block by block, in units of the largest
   * probability of the distribution; shared, not to be changed.
   */
  double[] openSums() {
    return complete ? new double[Math.ceilDiv(count, BLOCK)] : blockSums();
  }

  /**
   * The part of a sum of {@link #openSums} that is not of certain tokens, each of them read.
   *
   * @param tokens to be left out, in increasing order
   * @param from index of the first of them in the block
   * @param to index behind the last of them
   */
  double openSumWithout(int block, int[] tokens, int from, int to) {
    double[] inside = scratch.block();
    int length = complete ? 0 : fill(source.get(), block, inside);
    for (int i = from; length > 0 && i < to; i++) {
      inside[tokens[i] - block * BLOCK] = 0;
    }
    return length > 0 ? Exponentials.sum(inside, 0, length) : 0;
  }

  /** Log of the unit of {@link #openSums}. */
  double logUnit() {
    return logUnit;
  }

  /** The undecided child of largest probability; -1 if there is none. */
  int largestOpen() {
    return complete ? -1 : largest;
  }

  /** Log-weight of all complete children together. */
  double logComplete() {
    return complete ? logTotal : inUnits(0, unit(ZERO));
  }

  @Override
  public long memoryBytes() {
    return 144 + 16L * ends.logRewards.length;
  }
}
