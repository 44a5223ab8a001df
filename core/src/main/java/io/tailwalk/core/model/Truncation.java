package io.tailwalk.core.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cuts of a next-token distribution, applied one after the other in this order, each to what the
 * one before has left: the tokens that remain are renormalised. Of tokens with equal probability
 * those with lower ids remain.
 *
 * @param topK largest number of tokens; 0 for all
 * @param topP probability in (0, 1] that the most probable tokens must reach together: the fewest
 *     tokens that reach it remain (Holtzman et al. 2020, arXiv 1904.09751)
 * @param minP least probability of a token, as a share in [0, 1) of the most probable one's (Nguyen
 *     et al. 2024, arXiv 2407.01082)
 */
public record Truncation(int topK, double topP, double minP) {
  /** No cut. */
  public static final Truncation NONE = new Truncation(0, 1, 0);

  /** Refuses values out of range. */
  public Truncation {
    if (topK < 0) {
      throw new IllegalArgumentException("top_k must be at least 0, got " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("top_p must be above 0 and at most 1, got " + topP);
    }
    if (!(minP >= 0 && minP < 1)) {
      throw new IllegalArgumentException("min_p must be at least 0 and below 1, got " + minP);
    }
  }

  /** Whether nothing is cut. */
  public boolean isNone() {
    return topK == 0 && topP == 1 && minP == 0;
  }

  /** The cuts that are made, by name. */
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    if (topK > 0) {
      params.put("top_k", topK);
    }
    if (topP < 1) {
      params.put("top_p", topP);
    }
    if (minP > 0) {
      params.put("min_p", minP);
    }
    return params;
  }

  /** The distribution over the tokens that remain; the others have probability zero. */
  public LogProbs of(LogProbs distribution) {
    double[] logProbs = new double[distribution.size()];
    distribution.logProbs(logProbs);
    if (topK > 0 && topK < logProbs.length) {
      keep(logProbs, topK);
    }
    if (topP < 1) {
      keep(logProbs, reaching(logProbs));
    }
    if (minP > 0) {
      double least = Arrays.stream(logProbs).max().orElse(0) + Math.log(minP);
      for (int token = 0; token < logProbs.length; token++) {
        logProbs[token] = logProbs[token] >= least ? logProbs[token] : Double.NEGATIVE_INFINITY;
      }
    }
    return LogProbs.of(logProbs);
  }

  /** The least number of tokens, from the most probable on, that reach {@code topP} together. */
  private int reaching(double[] logProbs) {
    double[] sorted = logProbs.clone();
    Arrays.sort(sorted);
    double total = Arrays.stream(sorted).map(Math::exp).sum();
    double sum = 0;
    int count = 0;
    while (count < sorted.length && sum < topP * total) {
      sum += Math.exp(sorted[sorted.length - 1 - count]);
      count++;
    }
    return Math.max(1, count);
  }

  /** Leaves the most probable tokens. */
  private static void keep(double[] logProbs, int count) {
    double[] sorted = logProbs.clone();
    Arrays.sort(sorted);
    double least = sorted[sorted.length - count];
    int ties = count - (int) Arrays.stream(logProbs).filter(logProb -> logProb > least).count();
    for (int token = 0; token < logProbs.length; token++) {
      if (logProbs[token] < least || (logProbs[token] == least && ties-- <= 0)) {
        logProbs[token] = Double.NEGATIVE_INFINITY;
      }
    }
  }
}
