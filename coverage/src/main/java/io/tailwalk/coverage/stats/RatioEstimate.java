package io.tailwalk.coverage.stats;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.statistics.Scaled;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A ratio of sums over independent clusters, with its linearised interval: {@code R = sum y / sum
 * x}, standard error {@code sqrt(G/(G-1) sum (y_g - R x_g)^2) / sum x}, Student t with G - 1
 * degrees (Cochran, Sampling Techniques, 3rd ed., eq. 6.12). With {@code x_g = 1} it is the
 * ordinary t-interval of a mean. Asymptotic in the number of clusters.
 *
 * <p>Nothing bounds the quantity, so clusters that all have the same ratio say nothing of what the
 * next one will have: the standard error is then zero and the interval open. Equality is tested up
 * to rounding, since equal ratios leave residuals of the last place.
 *
 * @param value R; NaN when the denominator is zero
 * @param standardError of R; NaN with fewer than two clusters, 0 where all have the same ratio
 * @param clusters G
 */
public record RatioEstimate(double value, double standardError, int clusters) {
  private static final double ROUNDING = 1e-12;

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
    Scaled scaledY = Scaled.of(y);
    Scaled scaledX = Scaled.of(x);
    RatioEstimate inUnits = ofModerate(scaledY.values(), scaledX.values());
    int exponent = scaledY.exponent() - scaledX.exponent();
    return new RatioEstimate(
        Math.scalb(inUnits.value, exponent),
        Math.scalb(inUnits.standardError, exponent),
        inUnits.clusters);
  }

  /** Of sums whose squares are neither too large nor too small for doubles. */
  private static RatioEstimate ofModerate(double[] y, double[] x) {
    int clusters = y.length;
    double sumY = 0;
    double sumX = 0;
    for (int g = 0; g < clusters; g++) {
      sumY += y[g];
      sumX += x[g];
    }
    double ratio = sumY / sumX;
    if (clusters > 1 && allAlike(y, x, ratio)) {
      return new RatioEstimate(ratio, 0, clusters);
    }
    double squares = 0;
    for (int g = 0; g < clusters; g++) {
      double residual = y[g] - ratio * x[g];
      squares += residual * residual;
    }
    double error = Math.sqrt(squares * clusters / (clusters - 1.0)) / Math.abs(sumX);
    return new RatioEstimate(ratio, error, clusters);
  }

  private static boolean allAlike(double[] y, double[] x, double ratio) {
    return IntStream.range(0, y.length)
        .allMatch(g -> Math.abs(y[g] - ratio * x[g]) <= ROUNDING * Math.abs(y[g]));
  }

  /** The t-interval; open with fewer than two clusters, and where all have the same ratio. */
  public Interval interval(double delta) {
    Levels.requireDelta(delta);
    if (clusters < 2 || !Double.isFinite(value) || !(standardError > 0)) {
      return Interval.LINE;
    }
    double quantile = TDistribution.of(clusters - 1.0).inverseSurvivalProbability(delta / 2);
    double half = Math.max(quantile * standardError, ROUNDING * Math.abs(value));
    return Interval.asymptotic(value - half, value + half);
  }
}
