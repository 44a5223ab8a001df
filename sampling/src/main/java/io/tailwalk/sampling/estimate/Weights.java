package io.tailwalk.sampling.estimate;

import io.tailwalk.statistics.Scaled;
import java.util.Arrays;

/** Statistics of non-negative weights. */
public final class Weights {
  /** No tail is fitted to fewer weights. */
  private static final int LEAST_FOR_TAIL = 25;

  /** A smaller relative spread is rounding. */
  private static final double EQUAL = 1e-12;

  private Weights() {}

  /** Kish's effective size {@code (sum w)^2 / sum w^2}; 0 without a weight above zero. */
  public static double effectiveSize(double... weights) {
    double largest = Arrays.stream(weights).max().orElse(0);
    if (!(largest > 0)) {
      return 0;
    }
    double sum = 0;
    double squares = 0;
    for (double weight : weights) {
      double scaled = weight / largest;
      sum += scaled;
      squares += scaled * scaled;
    }
    return sum * sum / squares;
  }

  /**
   * Standard error of the mean; NaN with fewer than two weights, or if all are equal up to
   * rounding, which does not show their error.
   */
  static double standardError(double... weights) {
    int n = weights.length;
    if (n < 2) {
      return Double.NaN;
    }
    Scaled scaled = Scaled.of(weights);
    double[] values = scaled.values();
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(w -> (w - mean) * (w - mean)).sum();
    double error = Math.sqrt(squares / (n - 1.0) / n);
    return error > EQUAL * mean ? scaled.back(error) : Double.NaN;
  }

  /** Share of the largest weight; 0 without a weight above zero. */
  public static double largestShare(double... weights) {
    double[] scaled = Scaled.of(weights).values();
    double sum = Arrays.stream(scaled).sum();
    return sum > 0 ? Arrays.stream(scaled).max().orElse(0) / sum : 0;
  }

  /**
   * Shape of a generalised Pareto distribution fitted to the largest weights (Vehtari, Simpson,
   * Gelman, Yao and Gabry 2024, arXiv 1507.02646; fit of Zhang and Stephens 2009, Technometrics 51,
   * with the weakly informative prior of the former's appendix). Above 0.7 means of the weights are
   * unreliable; it describes only the tail that was seen.
   *
   * @return NaN with fewer than 25 weights, or a tail of equal weights
   */
  public static double paretoShape(double... weights) {
    int n = weights.length;
    if (n < LEAST_FOR_TAIL) {
      return Double.NaN;
    }
    double[] sorted = Scaled.of(weights).values();
    Arrays.sort(sorted);
    int tail = (int) Math.ceil(Math.min(0.2 * n, 3 * Math.sqrt(n)));
    double cutoff = sorted[n - tail - 1];
    double[] excess = new double[tail];
    for (int i = 0; i < tail; i++) {
      excess[i] = sorted[n - tail + i] - cutoff;
    }
    double middle = excess[(int) Math.floor(tail / 4.0 + 0.5) - 1];
    if (!(middle > 0)) {
      return Double.NaN;
    }
    int grid = 30 + (int) Math.floor(Math.sqrt(tail));
    double[] theta = new double[grid];
    double[] logLikelihood = new double[grid];
    for (int j = 0; j < grid; j++) {
      theta[j] = 1 / excess[tail - 1] + (1 - Math.sqrt(grid / (j + 0.5))) / (3 * middle);
      double shape = meanLog(excess, theta[j]);
      logLikelihood[j] = tail * (Math.log(-theta[j] / shape) - shape - 1);
    }
    double mean = 0;
    for (int j = 0; j < grid; j++) {
      double inverse = 0;
      for (int k = 0; k < grid; k++) {
        inverse += Math.exp(logLikelihood[k] - logLikelihood[j]);
      }
      mean += theta[j] / inverse;
    }
    double shape = meanLog(excess, mean);
    return (shape * tail + 0.5 * 10) / (tail + 10);
  }

  private static double meanLog(double[] excess, double theta) {
    double sum = 0;
    for (double value : excess) {
      sum += Math.log1p(-theta * value);
    }
    return sum / excess.length;
  }
}
