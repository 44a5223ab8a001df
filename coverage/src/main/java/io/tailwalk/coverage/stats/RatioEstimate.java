package io.tailwalk.coverage.stats;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.statistics.Scaled;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A ratio of sums over independent clusters, with its linearised interval: {@code R = sum y / sum
 * x}, standard error {@code sqrt(G/(G-1) sum (y_g - R x_g)^2) / sum x} (Cochran, Sampling
 * Techniques, 3rd ed., eq. 6.12), Student t with {@code G' - 1} degrees, {@code G' = (sum x)^2 /
 * sum x^2} the equivalent number of equal clusters: a few large clusters have the information of a
 * few clusters. With {@code x_g = 1} it is the ordinary t-interval of a mean. Asymptotic in G'.
 *
 * <p>The quantity is unbounded, so clusters with equal ratios carry no information about the next
 * one: the standard error is then zero and the interval open. Equality is tested up to rounding,
 * because equal ratios leave residuals of the last place.
 *
 * @param value R; NaN if the denominator is zero
 * @param standardError of R; NaN with fewer than two clusters, 0 if all have the same ratio
 * @param clusters G
 * @param effective G'
 */
public record RatioEstimate(double value, double standardError, int clusters, double effective) {
  /**
   * Number of effective clusters from which on a t-interval is shown for an unbounded quantity.
   * From 20 on it covered 0.92 for exponential and 0.87 for log-normal values (sd of the logarithm
   * 1), see docs/intervals.md; with fewer it is unreliable.
   */
  public static final int FEWEST = 20;

  private static final double ROUNDING = 1e-12;

  /** From two columns of sums by cluster. */
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
        inUnits.clusters,
        inUnits.effective);
  }

  /** For sums whose squares are neither too large nor too small for doubles. */
  private static RatioEstimate ofModerate(double[] y, double[] x) {
    int clusters = y.length;
    double sumY = 0;
    double sumX = 0;
    double squaresX = 0;
    for (int g = 0; g < clusters; g++) {
      sumY += y[g];
      sumX += x[g];
      squaresX += x[g] * x[g];
    }
    double effective = squaresX == 0 ? 0 : sumX * sumX / squaresX;
    double ratio = sumY / sumX;
    if (clusters > 1 && allAlike(y, x, ratio)) {
      return new RatioEstimate(ratio, 0, clusters, effective);
    }
    double squares = 0;
    for (int g = 0; g < clusters; g++) {
      double residual = y[g] - ratio * x[g];
      squares += residual * residual;
    }
    double error = Math.sqrt(squares * clusters / (clusters - 1.0)) / Math.abs(sumX);
    return new RatioEstimate(ratio, error, clusters, effective);
  }

  private static boolean allAlike(double[] y, double[] x, double ratio) {
    return IntStream.range(0, y.length)
        .allMatch(g -> Math.abs(y[g] - ratio * x[g]) <= ROUNDING * Math.abs(y[g]));
  }

  /** The t-interval for display; open with fewer than {@value #FEWEST} effective clusters. */
  public Interval shown(double delta) {
    // Equal clusters are worth their number, up to rounding.
    return effective < FEWEST - ROUNDING * FEWEST ? Interval.LINE : interval(delta);
  }

  /** The t-interval; open with one effective cluster, and if all have the same ratio. */
  public Interval interval(double delta) {
    Levels.requireDelta(delta);
    double degrees = effective - 1;
    if (!(degrees > ROUNDING) || !Double.isFinite(value) || !(standardError > 0)) {
      return Interval.LINE;
    }
    double quantile = TDistribution.of(degrees).inverseSurvivalProbability(delta / 2);
    double half = Math.max(quantile * standardError, ROUNDING * Math.abs(value));
    return Interval.asymptotic(value - half, value + half);
  }
}
