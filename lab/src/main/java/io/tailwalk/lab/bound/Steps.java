package io.tailwalk.lab.bound;

import io.tailwalk.train.linear.LinearProblem;
import io.tailwalk.train.linear.SequenceDistribution;

/**
 * Sums of the stepwise KL and D_H^2 along every response of the data distribution, indexed by
 * prompt and response; responses are in lexical order.
 */
final class Steps {
  private final double[][] kl;
  private final double[][] hellinger;

  private Steps(double[][] kl, double[][] hellinger) {
    this.kl = kl;
    this.hellinger = hellinger;
  }

  static Steps of(LinearProblem problem, SequenceDistribution q) {
    int prompts = problem.features().prompts();
    int tokens = problem.features().vocabularySize();
    double[][] kl = new double[prompts][];
    double[][] hellinger = new double[prompts][];
    for (int prompt = 0; prompt < prompts; prompt++) {
      int length = problem.features().length(prompt);
      int count = (int) Math.round(Math.pow(tokens, length));
      kl[prompt] = new double[count];
      hellinger[prompt] = new double[count];
      int[] response = new int[length];
      int stride = count;
      for (int h = 0; h < length; h++) {
        for (int first = 0; first < count; first += stride) {
          digits(first, tokens, response);
          double[] p = problem.truth().next(prompt, response, h);
          double[] of = q.next(prompt, response, h);
          addTo(kl[prompt], first, stride, stepKl(p, of));
          addTo(hellinger[prompt], first, stride, stepHellinger(p, of));
        }
        stride /= tokens;
      }
    }
    return new Steps(kl, hellinger);
  }

  double kl(int prompt, int response) {
    return kl[prompt][response];
  }

  double hellinger(int prompt, int response) {
    return hellinger[prompt][response];
  }

  /** The response with a number in lexical order. */
  private static void digits(int number, int tokens, int[] response) {
    int rest = number;
    for (int h = response.length - 1; h >= 0; h--) {
      response[h] = rest % tokens;
      rest /= tokens;
    }
  }

  private static void addTo(double[] sums, int from, int count, double term) {
    for (int i = from; i < from + count; i++) {
      sums[i] += term;
    }
  }

  private static double stepKl(double[] logP, double[] logQ) {
    double sum = 0;
    for (int token = 0; token < logP.length; token++) {
      sum += Math.exp(logP[token]) * (logP[token] - logQ[token]);
    }
    return Math.max(0, sum);
  }

  private static double stepHellinger(double[] logP, double[] logQ) {
    double sum = 0;
    for (int token = 0; token < logP.length; token++) {
      double difference = Math.exp(logP[token] / 2) - Math.exp(logQ[token] / 2);
      sum += difference * difference / 2;
    }
    return sum;
  }
}
