package io.tailwalk.core.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Log-probabilities (nats) of every next token. Immutable. Backends that produce float logits keep
 * them as floats with a double normaliser, so that a vocabulary of 50,000 costs 200 kB and each
 * log-probability is still a double.
 */
public final class LogProbs {
  private final double @Nullable [] doubles;
  private final float @Nullable [] logits;
  private final double scale;
  private final double largest;
  private final double logSumOverLargest;

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
    for (int token = 0; token < out.length; token++) {
      out[token] = Math.min(0.0, score(token) - largest - logSumOverLargest);
    }
  }

  private double score(int token) {
    double raw = doubles != null ? doubles[token] : Objects.requireNonNull(logits)[token];
    return scale * raw;
  }

  private double largestScore() {
    int size = size();
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      double score = score(i);
      if (Double.isNaN(score)) {
        return Double.NaN;
      }
      max = Math.max(max, score);
    }
    return max;
  }

  /** Stored separately from the largest score, so that large logits lose no digits. */
  private double logSumOverLargest() {
    int size = size();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += Math.exp(score(i) - largest);
    }
    return Math.log(sum);
  }

  /** Approximate bytes of memory held. */
  public long memoryBytes() {
    return doubles != null ? 8L * doubles.length : 4L * Objects.requireNonNull(logits).length;
  }
}
