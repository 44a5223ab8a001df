package io.tailwalk.train.linear;

import java.util.ArrayList;
import java.util.List;

/** Laws by writing every response down: for any law, where responses are short. */
public final class Enumeration {
  private static final long MAX_RESPONSES = 1 << 22;

  private Enumeration() {}

  /**
   * The data's law and another, one group for each response.
   *
   * @throws IllegalArgumentException if a prompt has more than four million responses
   */
  public static LawPair pair(LinearProblem problem, SequenceLaw q) {
    List<LawPair.Prompt> prompts = new ArrayList<>();
    for (int prompt = 0; prompt < problem.features().prompts(); prompt++) {
      double[] logP = logProbs(problem.features(), problem.truth(), prompt);
      double[] logQ = logProbs(problem.features(), q, prompt);
      prompts.add(new LawPair.Prompt(problem.promptWeight(prompt), logP, logQ));
    }
    return new LawPair(prompts);
  }

  /** Log-probabilities of all responses to a prompt, in lexical order of their tokens. */
  public static double[] logProbs(FeatureMap features, SequenceLaw law, int prompt) {
    int vocabularySize = features.vocabularySize();
    int[] response = new int[features.length(prompt)];
    double[] logProbs = new double[count(vocabularySize, response.length)];
    fill(law, prompt, response, 0, 0, new Cursor(logProbs));
    return logProbs;
  }

  private static void fill(
      SequenceLaw law, int prompt, int[] response, int h, double logPrefix, Cursor into) {
    if (h == response.length) {
      into.add(logPrefix);
      return;
    }
    double[] next = law.next(prompt, response, h);
    for (int token = 0; token < next.length; token++) {
      response[h] = token;
      fill(law, prompt, response, h + 1, logPrefix + next[token], into);
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
