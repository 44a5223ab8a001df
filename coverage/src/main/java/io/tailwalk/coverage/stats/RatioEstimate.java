package io.tailwalk.coverage.stats;

import io.tailwalk.coverage.Interval;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A ratio of sums over independent clusters, with its linearised interval: {@code R = sum y / sum
 * x}, standard error {@code sqrt(G/(G-1) sum (y_g - R x_g)^2) / sum x}, Student t with G - 1
 * degrees (Cochran, Sampling Techniques, 3rd ed., eq. 6.12). With {@code x_g = 1} it is the
 * ordinary t-interval of a mean. Asymptotic in the number of clusters.
 *
 * @param value R; NaN when the denominator is zero
 * @param standardError of R; NaN with fewer than two clusters
 * @param clusters G
 */
public record RatioEstimate(double value, double standardError, int clusters) {

  /** From sums by cluster, taking two of their columns. */
  public static RatioEstimate of(double[][] clusterSums, int numerator, int denominator) {
    double[] y = new double[clusterSums.length];
    double[] x = new double[clusterSums.length];
    for (int g = 0; g < clusterSums.length; g++) {
      y[g] = clusterSums[g][numerator];
      x[g] = clusterSums[g][denominator];
    }
    return of(y, x);
  }

  /** From numerators and denominators by cluster. */
  public static RatioEstimate of(double[] y, double[] x) {
    int clusters = y.length;
    double sumY = 0;
    double sumX = 0;
    for (int g = 0; g < clusters; g++) {
      sumY += y[g];
      sumX += x[g];
    }
    double ratio = sumY / sumX;
    double squares = 0;
    for (int g = 0; g < clusters; g++) {
      double residual = y[g] - ratio * x[g];
      squares += residual * residual;
    }
    double error = Math.sqrt(squares * clusters / (clusters - 1.0)) / Math.abs(sumX);
    return new RatioEstimate(ratio, error, clusters);
  }

  /** The t-interval; the whole line when there are fewer than two clusters. */
  public Interval interval(double delta) {
    Levels.requireDelta(delta);
    if (clusters < 2 || !Double.isFinite(value)) {
      return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double quantile = TDistribution.of(clusters - 1.0).inverseSurvivalProbability(delta / 2);
    return new Interval(value - quantile * standardError, value + quantile * standardError);
  }
}
