package io.tailwalk.testkit;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Verifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every complete response of a small model with its probability and tilt, and so the exact target
 * {@code pi*(leaf) = pi(leaf) tau(leaf) / Z}. Responses of probability zero are omitted.
 *
 * @param leaves by token ids, including the end token
 * @param logZ {@code log Z = log E_pi[tau]}, nats; {@code -inf} if no response passes
 */
public record ExactDistribution(Map<TokenSequence, Leaf> leaves, double logZ) {
  private static final int MAX_LEAVES = 2_000_000;

  /**
   * A complete response.
   *
   * @param logPi log-probability under the base model, nats
   * @param logTau log-tilt, nats
   * @param finishReason how the response ended
   */
  public record Leaf(double logPi, double logTau, FinishReason finishReason) {}

  /** Keeps the order of the leaves. */
  public ExactDistribution {
    leaves = Collections.unmodifiableMap(new LinkedHashMap<>(leaves));
  }

  /**
   * Enumerates a model with a prompt.
   *
   * @param maxTokens responses of this length are complete
   * @throws IllegalArgumentException if there are more than two million responses
   */
  public static ExactDistribution of(
      LanguageModel model, Prompt prompt, Verifier verifier, int maxTokens) {
    var leaves = new LinkedHashMap<TokenSequence, Leaf>();
    int[] promptIds = model.encode(prompt);
    try (ModelContext context = model.open(promptIds, new ContextOptions(maxTokens, 1))) {
      var open = new ArrayDeque<Prefix>();
      open.push(new Prefix(new int[0], 0));
      while (!open.isEmpty()) {
        Prefix prefix = open.pop();
        LogProbs distribution = context.next(new int[][] {prefix.tokenIds})[0];
        for (Prefix longer : children(prefix, distribution)) {
          boolean ends = model.vocabulary().isEnd(longer.lastToken());
          if (!ends && longer.tokenIds.length < maxTokens) {
            open.push(longer);
            continue;
          }
          FinishReason reason = ends ? FinishReason.STOP : FinishReason.LENGTH;
          var complete = Candidate.complete(prompt, model.vocabulary(), longer.tokenIds, reason);
          var leaf = new Leaf(longer.logPi, verifier.logReward(complete), reason);
          leaves.put(TokenSequence.of(longer.tokenIds), leaf);
          requireSmall(leaves.size());
        }
      }
    }
    return new ExactDistribution(leaves, logSumExp(leaves));
  }

  private static List<Prefix> children(Prefix prefix, LogProbs distribution) {
    var children = new ArrayList<Prefix>();
    for (int token = 0; token < distribution.size(); token++) {
      double logProb = distribution.logProb(token);
      if (logProb > Double.NEGATIVE_INFINITY) {
        children.add(prefix.extend(token, logProb));
      }
    }
    return children;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Prefix(int[] tokenIds, double logPi) {
    Prefix extend(int token, double logProb) {
      int[] longer = Arrays.copyOf(tokenIds, tokenIds.length + 1);
      longer[tokenIds.length] = token;
      return new Prefix(longer, logPi + logProb);
    }

    int lastToken() {
      return tokenIds[tokenIds.length - 1];
    }
  }

  private static void requireSmall(int size) {
    if (size > MAX_LEAVES) {
      throw new IllegalArgumentException(
          "the model has more than " + MAX_LEAVES + " responses; lower the length limit");
    }
  }

  private static double logSumExp(Map<TokenSequence, Leaf> leaves) {
    double max = Double.NEGATIVE_INFINITY;
    for (Leaf leaf : leaves.values()) {
      max = Math.max(max, leaf.logPi + leaf.logTau);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (Leaf leaf : leaves.values()) {
      sum += Math.exp(leaf.logPi + leaf.logTau - max);
    }
    return max + Math.log(sum);
  }

  /** {@code Z}, the base model's success probability. */
  public double z() {
    return Math.exp(logZ);
  }

  /** The base distribution {@code pi} of the responses. */
  public Map<TokenSequence, Double> base() {
    var base = new LinkedHashMap<TokenSequence, Double>();
    leaves.forEach((tokens, leaf) -> base.put(tokens, Math.exp(leaf.logPi)));
    return base;
  }

  /**
   * The target distribution {@code pi*}; responses of probability zero are omitted.
   *
   * @throws IllegalStateException if no response passes
   */
  public Map<TokenSequence, Double> target() {
    if (logZ == Double.NEGATIVE_INFINITY) {
      throw new IllegalStateException(
          "no response passes the verifier: there is no target distribution");
    }
    var target = new LinkedHashMap<TokenSequence, Double>();
    leaves.forEach((tokens, leaf) -> {
      double logP = leaf.logPi + leaf.logTau - logZ;
      if (logP > Double.NEGATIVE_INFINITY) {
        target.put(tokens, Math.exp(logP));
      }
    });
    return target;
  }

  /**
   * Half the sum of absolute differences of two distributions, in [0, 1]; missing outcomes have
   * probability 0.
   */
  public static <T> double totalVariation(Map<T, Double> p, Map<T, Double> q) {
    double sum = 0;
    for (Map.Entry<T, Double> entry : p.entrySet()) {
      sum += Math.abs(entry.getValue() - q.getOrDefault(entry.getKey(), 0.0));
    }
    for (Map.Entry<T, Double> entry : q.entrySet()) {
      sum += p.containsKey(entry.getKey()) ? 0 : entry.getValue();
    }
    return sum / 2;
  }
}
