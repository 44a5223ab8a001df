package io.tailwalk.train.linear;

import io.tailwalk.coverage.LogRatio;
import java.util.List;

/**
 * The data distribution pi and a model's distribution q on groups of responses with constant {@code
 * pi/q}: all functions of the log ratio are exact.
 */
public final class DistributionPair {
  private final List<Prompt> prompts;

  /** Over prompts whose weights sum to 1. */
  public DistributionPair(List<Prompt> prompts) {
    this.prompts = List.copyOf(prompts);
  }

  /**
   * The groups of one prompt's responses.
   *
   * @param weight mu of the prompt
   * @param logP log-probability of each group under pi, nats; {@code -inf} is probability 0
   * @param logQ the same under q; differs from {@code logP} by the log ratio of each member
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Prompt(double weight, double[] logP, double[] logQ) {
    /** Refuses arrays of different lengths. */
    public Prompt {
      if (logP.length != logQ.length) {
        throw new IllegalArgumentException(logP.length + " and " + logQ.length + " groups");
      }
    }

    /** Whether {@code pi / q} of a group reaches a factor; a tie up to rounding does. */
    public boolean reaches(int group, double logFactor) {
      return LogRatio.reaches(logP[group], logQ[group], logFactor);
    }

    /** {@code log pi - log q} of a group; 0 if both probabilities are 0. */
    public double logRatio(int group) {
      return logP[group] == logQ[group] ? 0 : logP[group] - logQ[group];
    }

    /** {@code Cov_N} for this prompt alone. */
    public double coverage(double n) {
      double threshold = Math.log(n);
      double mass = 0;
      for (int group = 0; group < logP.length; group++) {
        mass += reaches(group, threshold) ? Math.exp(logP[group]) : 0;
      }
      return Math.min(1, mass);
    }

    /** KL divergence for this prompt alone, nats. */
    public double kl() {
      double sum = 0;
      for (int group = 0; group < logP.length; group++) {
        double p = Math.exp(logP[group]);
        sum += p > 0 ? p * logRatio(group) : 0;
      }
      return Math.max(0, sum);
    }
  }

  /** The prompts. */
  public List<Prompt> prompts() {
    return prompts;
  }

  /**
   * {@code Cov_N(pi || q) = P_pi[log pi - log q >= log N]} (Definition 1.1), smaller is better.
   *
   * @param n the factor N, at least 1
   */
  public double coverage(double n) {
    double mass = 0;
    for (Prompt prompt : prompts) {
      mass += prompt.weight * prompt.coverage(n);
    }
    return Math.min(1, mass);
  }

  /**
   * {@code KL(pi || q)} of complete responses, nats; infinite if q has probability 0 on a group of
   * pi.
   */
  public double kl() {
    double sum = 0;
    for (Prompt prompt : prompts) {
      sum += prompt.weight == 0 ? 0 : prompt.weight * prompt.kl();
    }
    return sum;
  }
}
