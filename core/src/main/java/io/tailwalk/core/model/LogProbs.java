package io.tailwalk.core.model;

import io.tailwalk.core.Exponentials;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Log-probabilities (nats) of every next token. Immutable. Backends that produce float logits keep
 * them as floats with a double normaliser, so that a vocabulary of 50,000 costs 200 kB and each
 * log-probability is still a double.
 */
public final class LogProbs {
  /** Larger vocabularies are summed block by block, with {@link Exponentials}. */
  private static final int WIDE = 1024;

  private static final int BLOCK = Exponentials.BLOCK;

  private final double @Nullable [] doubles;
  private final float @Nullable [] logits;
  private final double scale;
  private final double largest;
  private final double logSumOverLargest;

  /** Running sums over blocks of {@code exp(score - largest)}; empty for small vocabularies. */
  private final double[] blockSums;

  private LogProbs(double @Nullable [] doubles, float @Nullable [] logits, double scale) {
    this.doubles = doubles;
    this.logits = logits;
    this.scale = scale;
    this.largest = largestScore();
    if (!Double.isFinite(largest)) {
      throw new ModelException(
          "the model returned next-token scores with NaN, +infinity or no finite entry; "
              + "the model file is damaged or its numbers overflowed");
    }
    this.blockSums = size() > WIDE ? new double[Math.ceilDiv(size(), BLOCK)] : new double[0];
    this.logSumOverLargest = logSumOverLargest();
  }

  /**
   * From unnormalised log-scores.
   *
   * @param logits one per token; {@code -inf} is probability zero; the array is retained, not
   *     copied
   * @throws ModelException if any score is NaN or +inf, or all are -inf
   */
  public static LogProbs ofLogits(float[] logits) {
    return new LogProbs(null, logits, 1.0);
  }

  /**
   * From log-scores in double precision, normalised here.
   *
   * @param logScores one per token; {@code -inf} is probability zero; the array is retained, not
   *     copied
   * @throws ModelException if any score is NaN or +inf, or all are -inf
   */
  public static LogProbs of(double[] logScores) {
    return new LogProbs(logScores, null, 1.0);
  }

  /** The distribution proportional to {@code p^(1/temperature)}; {@code temperature > 0}. */
  public LogProbs tempered(double temperature) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature must be above 0, got " + temperature);
    }
    return temperature == 1.0 ? this : new LogProbs(doubles, logits, scale / temperature);
  }

  /** Number of tokens. */
  public int size() {
    return doubles != null ? doubles.length : Objects.requireNonNull(logits).length;
  }

  /** Log-probability of a token (nats, at most 0; {@code -inf} for probability zero). */
  public double logProb(int token) {
    return Math.min(0.0, score(token) - largest - logSumOverLargest);
  }

  /**
   * Log-probabilities of all tokens.
   *
   * @param out one element per token
   */
  public void logProbs(double[] out) {
    Arrays.fill(out, 0);
    addTo(out);
  }

  /**
   * Adds the log-probability of every token.
   *
   * @param out one element per token, none of them {@code +inf}
   */
  public void addTo(double[] out) {
    if (logits != null) {
      for (int token = 0; token < out.length; token++) {
        out[token] += Math.min(0.0, scale * logits[token] - largest - logSumOverLargest);
      }
    } else {
      double[] scores = Objects.requireNonNull(doubles);
      for (int token = 0; token < out.length; token++) {
        out[token] += Math.min(0.0, scale * scores[token] - largest - logSumOverLargest);
      }
    }
  }

  /** Whether the vocabulary is so large that draws use {@link #blockSums} and a block. */
  public boolean isWide() {
    return blockSums.length > 0;
  }

  /**
   * Running sums over blocks of {@value io.tailwalk.core.Exponentials#BLOCK} tokens, in units of
   * the largest probability; shared, not to be changed. Empty unless the vocabulary {@link
   * #isWide}.
   */
  public double[] blockSums() {
    return blockSums;
  }

  /**
   * Running sums inside a block, in the same units.
   *
   * @param out at least the length of a block
   * @param exponentials the caller's own
   * @return number of tokens in the block
   */
  public int runningSums(int block, double[] out, Exponentials exponentials) {
    int length = scores(block, out);
    exponentials.runningSums(out, length, largest);
    return length;
  }

  /**
   * The probabilities of a block in units of the largest.
   *
   * @param out at least the length of a block
   * @param exponentials the caller's own
   * @return number of tokens in the block
   */
  public int ratios(int block, double[] out, Exponentials exponentials) {
    int length = scores(block, out);
    exponentials.replace(out, 0, length, largest);
    return length;
  }

  private int scores(int block, double[] out) {
    int from = block * BLOCK;
    int length = Math.min(BLOCK, size() - from);
    if (logits != null) {
      for (int i = 0; i < length; i++) {
        out[i] = scale * logits[from + i];
      }
    } else {
      double[] raw = Objects.requireNonNull(doubles);
      for (int i = 0; i < length; i++) {
        out[i] = scale * raw[from + i];
      }
    }
    return length;
  }

  /** Log-probability of the most probable token. */
  public double logLargest() {
    return Math.min(0.0, -logSumOverLargest);
  }

  /** Whether every token has a positive probability; reads all of them. */
  public boolean isPositive() {
    if (logits != null) {
      float min = Float.POSITIVE_INFINITY;
      for (float score : logits) {
        min = Math.min(min, score);
      }
      return scale * min > Double.NEGATIVE_INFINITY;
    }
    double min = Double.POSITIVE_INFINITY;
    for (double score : Objects.requireNonNull(doubles)) {
      min = Math.min(min, score);
    }
    return scale * min > Double.NEGATIVE_INFINITY;
  }

  private double score(int token) {
    double raw = doubles != null ? doubles[token] : Objects.requireNonNull(logits)[token];
    return scale * raw;
  }

  /** NaN if any score is; the order of scores does not depend on the scale, which is positive. */
  private double largestScore() {
    if (logits != null) {
      float max = Float.NEGATIVE_INFINITY;
      for (float score : logits) {
        max = Math.max(max, score);
      }
      return scale * max;
    }
    double max = Double.NEGATIVE_INFINITY;
    for (double score : Objects.requireNonNull(doubles)) {
      max = Math.max(max, score);
    }
    return scale * max;
  }

  /** Stored separately from the largest score, so that large logits lose no digits. */
  private double logSumOverLargest() {
    double sum = 0;
    if (!isWide()) {
      for (int i = 0; i < size(); i++) {
        sum += Math.exp(score(i) - largest);
      }
      return Math.log(sum);
    }
    var exponentials = new Exponentials();
    for (int block = 0; block < blockSums.length; block++) {
      int from = block * BLOCK;
      int length = Math.min(BLOCK, size() - from);
      sum +=
          logits != null
              ? exponentials.sum(logits, from, length, scale, largest)
              : exponentials.sum(Objects.requireNonNull(doubles), from, length, scale, largest);
      blockSums[block] = sum;
    }
    return Math.log(sum);
  }

  /** Approximate bytes of memory held. */
  public long memoryBytes() {
    long scores =
        doubles != null ? 8L * doubles.length : 4L * Objects.requireNonNull(logits).length;
    return scores + 8L * blockSums.length;
  }
}
