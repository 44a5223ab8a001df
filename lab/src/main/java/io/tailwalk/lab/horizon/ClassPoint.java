package io.tailwalk.lab.horizon;

import java.util.List;

/**
 * The figures of a model on held-out responses of one class.
 *
 * @param prompts number of prompts
 * @param kl mean of {@code log pi - log q}, nats
 * @param klVariance variance of one response's log ratio, nats squared
 * @param uncovered number of log ratios that reach {@code log N}
 */
record ClassPoint(int prompts, double kl, double klVariance, int uncovered) {

  /**
   * Makes the figures from log ratios.
   *
   * @param logRatios {@code log pi - log q} of each response, nats; at least two
   * @param level N of the coverage
   */
  static ClassPoint of(List<Double> logRatios, double level) {
    int n = logRatios.size();
    double mean = logRatios.stream().mapToDouble(Double::doubleValue).sum() / n;
    double squares = logRatios.stream().mapToDouble(r -> (r - mean) * (r - mean)).sum();
    double bar = Math.log(level);
    return new ClassPoint(
        n, mean, squares / (n - 1), (int) logRatios.stream().filter(r -> r >= bar).count());
  }

  /** {@code Cov_N} on this class. */
  double coverage() {
    return (double) uncovered / prompts;
  }

  /** Variance of {@link #kl}. */
  double klErrorSquared() {
    return klVariance / prompts;
  }

  /** Variance of {@link #coverage}, with one success and one failure added so that it is not 0. */
  double coverageErrorSquared() {
    double p = (uncovered + 1.0) / (prompts + 2.0);
    return p * (1 - p) / (prompts + 2.0);
  }
}
