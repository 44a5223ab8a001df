package io.tailwalk.core.model;

import io.tailwalk.core.interval.Interval;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The most probable next tokens of a prefix with their log-probabilities. It is not a distribution:
 * the probability of all other tokens together is {@linkplain #missing missing}, and how it is
 * spread over them is unknown. It is never divided by the listed probability, because a tree
 * multiplies that error over its depth.
 *
 * @param tokenIds the tokens, most probable first, each once
 * @param logProbs the log-probability of each, nats; finite and not increasing
 * @param vocabularySize number of tokens of the model, at least as many as are listed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the arrays are shared
public record TopTokens(int[] tokenIds, double[] logProbs, int vocabularySize) {
  /** By how much sums of probabilities in single precision may be wrong. */
  private static final double PRECISION = 1e-3;

  /** A token with its log-probability. */
  private record Listed(int token, double logProb) {}

  /**
   * Refuses lists that no distribution has.
   *
   * @throws ModelException if a token is listed twice or is not in the vocabulary, if a
   *     log-probability is above 0, not finite or out of order, if the sum of the probabilities
   *     exceeds 1, or if it is so small that another token must be more probable than one listed
   */
  public TopTokens {
    if (tokenIds.length != logProbs.length || tokenIds.length == 0) {
      throw new ModelException(
          "a list of the most probable tokens needs as many log-probabilities as tokens, and at"
              + " least one, got "
              + tokenIds.length
              + " tokens and "
              + logProbs.length
              + " log-probabilities");
    }
    Set<Integer> seen = new HashSet<>();
    double last = 0;
    double sum = 0;
    for (int i = 0; i < tokenIds.length; i++) {
      if (tokenIds[i] < 0 || tokenIds[i] >= vocabularySize || !seen.add(tokenIds[i])) {
        throw new ModelException(
            "a list of the most probable tokens has token "
                + tokenIds[i]
                + " twice or outside the vocabulary of "
                + vocabularySize);
      }
      if (!(logProbs[i] <= last) || logProbs[i] == Double.NEGATIVE_INFINITY) {
        throw new ModelException(
            "a list of the most probable tokens has the log-probability "
                + logProbs[i]
                + " after "
                + last);
      }
      last = logProbs[i];
      sum += Math.exp(last);
    }
    double others = vocabularySize - tokenIds.length;
    if (sum > 1 + PRECISION || others * Math.exp(last) < 1 - sum - PRECISION) {
      throw new ModelException(
          "a list of the "
              + tokenIds.length
              + " most probable tokens has a probability of "
              + sum
              + ", which the "
              + (long) others
              + " others cannot complete to 1: these are not probabilities of the model");
    }
  }

  /**
   * The largest of some listed tokens, in order; equal ones by their id.
   *
   * @param tokenIds some tokens in any order
   * @param logProbs their log-probabilities; those of {@code -inf} are left out
   * @param most largest number of tokens to keep, at least 1
   * @throws ModelException if no list of a distribution results
   */
  public static TopTokens largest(int[] tokenIds, double[] logProbs, int most, int vocabularySize) {
    List<Listed> kept =
        IntStream.range(0, tokenIds.length)
            .filter(i -> logProbs[i] != Double.NEGATIVE_INFINITY)
            .mapToObj(i -> new Listed(tokenIds[i], logProbs[i]))
            .sorted(
                Comparator.comparingDouble((Listed one) -> -one.logProb())
                    .thenComparingInt(Listed::token))
            .limit(most)
            .toList();
    return new TopTokens(
        kept.stream().mapToInt(Listed::token).toArray(),
        kept.stream().mapToDouble(Listed::logProb).toArray(),
        vocabularySize);
  }

  /** The most probable tokens of a distribution, at most {@code most}. */
  public static TopTokens of(LogProbs distribution, int most) {
    double[] all = new double[distribution.size()];
    distribution.logProbs(all);
    return largest(IntStream.range(0, all.length).toArray(), all, most, all.length);
  }

  /** Number of tokens listed. */
  public int size() {
    return tokenIds.length;
  }

  /** Whether a token is listed. */
  public boolean has(int token) {
    return Arrays.stream(tokenIds).anyMatch(listed -> listed == token);
  }

  /**
   * Certain bounds of the probability of all tokens that are not listed: it is what the listed
   * probabilities leave of 1, up to the precision of a server's sums, and no token of them is more
   * probable than the last one listed.
   */
  public Interval missing() {
    int others = vocabularySize - tokenIds.length;
    if (others == 0) {
      return Interval.certain(0, 0);
    }
    double left = 1 - Arrays.stream(logProbs).map(Math::exp).sum();
    double each = Math.exp(logProbs[logProbs.length - 1]);
    double high = Math.min(others * each, left + PRECISION);
    return Interval.certain(Math.clamp(left - PRECISION, 0, high), high);
  }

  /** Approximate bytes of memory held. */
  public long memoryBytes() {
    return 64 + 12L * tokenIds.length;
  }
}
