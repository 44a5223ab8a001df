package io.tailwalk.train.linear;

import java.util.ArrayList;
import java.util.List;

/** Distributions by enumeration of all responses: for any distribution with short responses. */
public final class Enumeration {
  private static final long MAX_RESPONSES = 1 << 22;

  private Enumeration() {}

  /**
   * The data distribution and another one, with one group per response.
   *
   * @throws IllegalArgumentException if a prompt has more than four million responses
   */
  public static DistributionPair pair(LinearProblem problem, SequenceDistribution q) {
    List<DistributionPair.Prompt> prompts = new ArrayList<>();
    for (int prompt = 0; prompt < problem.features().prompts(); prompt++) {
      double[] logP = logProbs(problem.features(), problem.truth(), prompt);
      double[] logQ = logProbs(problem.features(), q, prompt);
      prompts.add(new DistributionPair.Prompt(problem.promptWeight(prompt), logP, logQ));
    }
    return new DistributionPair(prompts);
  }

  /** Log-probabilities of all responses to a prompt, in lexical order of their tokens. */
  public static double[] logProbs(
      FeatureMap features, SequenceDistribution distribution, int prompt) {
    int vocabularySize = features.vocabularySize();
    int[] response = new int[features.length(prompt)];
    double[] logProbs = new double[count(vocabularySize, response.length)];
    fill(distribution, prompt, response, 0, 0, new Cursor(logProbs));
    return logProbs;
  }

  private static void fill(
      SequenceDistribution distribution,
      int prompt,
      int[] response,
      int h,
      double logPrefix,
      Cursor into) {
    if (h == response.length) {
      into.add(logPrefix);
      return;
    }
    double[] next = distribution.next(prompt, response, h);
    for (int token = 0; token < next.length; token++) {
      response[h] = token;
      fill(distribution, prompt, response, h + 1, logPrefix + next[token], into);
    }
  }

  private static int count(int vocabularySize, int length) {
    double count = Math.pow(vocabularySize, length);
    if (count > MAX_RESPONSES) {
      throw new IllegalArgumentException(
          vocabularySize + "^" + length + " responses are too many to enumerate");
    }
    return (int) Math.round(count);
  }

  private static final class Cursor {
    private final double[] values;
    private int next;

    Cursor(double[] values) {
      this.values = values;
    }

    void add(double value) {
      values[next++] = value;
    }
  }
}
