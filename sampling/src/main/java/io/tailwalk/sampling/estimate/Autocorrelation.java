package io.tailwalk.sampling.estimate;

import io.tailwalk.statistics.Scaled;

/** The number of independent draws that a chain is worth. */
public final class Autocorrelation {
  /** A spread below this, relatively, is rounding of the mean. */
  private static final double EQUAL = 1e-12;

  private Autocorrelation() {}

  /**
   * The length over the integrated autocorrelation time, cut by Geyer's initial positive sequence:
   * sums of neighbouring autocorrelations are taken while they are above zero (Geyer 1992,
   * Statistical Science 7).
   *
   * @param chain one number per step
   * @return between 0 (an empty chain) and the length; 1 if the chain never moves
   */
  public static double effectiveSize(double... chain) {
    return ofModerate(Scaled.of(chain).values());
  }

  /** For numbers whose squares are neither too large nor too small for doubles. */
  private static double ofModerate(double[] chain) {
    int n = chain.length;
    if (n < 2) {
      return n;
    }
    double mean = 0;
    for (double value : chain) {
      mean += value / n;
    }
    double variance = covariance(chain, mean, 0);
    if (!(Math.sqrt(variance) > EQUAL * Math.abs(mean))) {
      return 1;
    }
    double time = -1;
    for (int lag = 0; lag + 1 < n; lag += 2) {
      double pair = (covariance(chain, mean, lag) + covariance(chain, mean, lag + 1)) / variance;
      if (pair <= 0) {
        break;
      }
      time += 2 * pair;
    }
    return Math.clamp(n / Math.max(time, 1e-300), 1, n);
  }

  private static double covariance(double[] chain, double mean, int lag) {
    double sum = 0;
    for (int i = 0; i + lag < chain.length; i++) {
      sum += (chain[i] - mean) * (chain[i + lag] - mean);
    }
    return sum / chain.length;
  }
}
