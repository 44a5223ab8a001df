package io.tailwalk.sampling.block;

import java.util.Arrays;

/**
 * The uniform race: of candidates drawn from a base distribution, choose the one with the largest
 * {@code w_i / U_i}, with independent {@code U_i} uniform on (0, 1). It is rejection sampling that
 * finds its own bound: as the number of candidates grows, the winner's distribution tends to the
 * base distribution times the weight, and faster than with a draw in proportion to the weights.
 */
final class UniformRace {
  /*
   * With s = 1/t, candidate i passes the line at t with density w_i ds, and all others lie behind
   * with probability prod_{j != i} (1 - w_j s), so with weights scaled to a maximum of 1
   *
   *   P(i wins) = integral over s in [0, 1] of w_i prod_{j != i} (1 - w_j s).
   *
   * The product is expanded in the basis s^k (1-s)^(m-k): each factor is (1-s) + (1-w_j) s, so no
   * coefficient is negative and nothing cancels. The integral of s^k (1-s)^(m-k) is
   * 1 / ((m+1) binomial(m, k)). Cost: the cube of the number of candidates.
   */
  private UniformRace() {}

  /**
   * The probability that each candidate wins.
   *
   * @param weights at least 0, the largest above 0, on any scale
   */
  static double[] winningProbabilities(double[] weights) {
    double max = Arrays.stream(weights).max().orElse(0);
    double[] wins = new double[weights.length];
    for (int i = 0; i < wins.length; i++) {
      wins[i] = weights[i] == 0 ? 0 : weights[i] / max * integralOfOthers(weights, i, max);
    }
    return wins;
  }

  private static double integralOfOthers(double[] weights, int left, double max) {
    double[] coefficients = new double[weights.length];
    coefficients[0] = 1;
    int degree = 0;
    for (int j = 0; j < weights.length; j++) {
      if (j != left) {
        degree++;
        for (int k = degree; k >= 1; k--) {
          coefficients[k] += coefficients[k - 1] * (1 - weights[j] / max);
        }
      }
    }
    double integral = 0;
    double binomial = 1;
    for (int k = 0; k <= degree; k++) {
      integral += coefficients[k] / binomial;
      binomial *= (double) (degree - k) / (k + 1);
    }
    return integral / (degree + 1);
  }
}
