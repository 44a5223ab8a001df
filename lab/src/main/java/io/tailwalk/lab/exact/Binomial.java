package io.tailwalk.lab.exact;

/** The distribution of the number of heads in coin tosses. */
final class Binomial {
  private Binomial() {}

  /** Probabilities of 0 to {@code tosses} heads. */
  static double[] distribution(int tosses, double heads) {
    double[] distribution = {1};
    for (int toss = 0; toss < tosses; toss++) {
      double[] next = new double[distribution.length + 1];
      for (int k = 0; k < distribution.length; k++) {
        next[k] += distribution[k] * (1 - heads);
        next[k + 1] += distribution[k] * heads;
      }
      distribution = next;
    }
    return distribution;
  }

  /** Half the sum of absolute differences. */
  static double totalVariation(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / 2;
  }
}
