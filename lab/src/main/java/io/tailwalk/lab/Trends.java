package io.tailwalk.lab;

/** Slopes and crossings of measured curves. */
public final class Trends {
  private Trends() {}

  /**
   * Slope of {@code log y} on {@code log x} by least squares: the exponent of a power law.
   *
   * @param x at least two different numbers above 0
   * @param y numbers above 0; a 0 counts as 1e-300, which dominates any trend
   */
  public static double exponent(double[] x, double[] y) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      meanX += Math.log(x[i]) / x.length;
      meanY += log(y[i]) / x.length;
    }
    double product = 0;
    double square = 0;
    for (int i = 0; i < x.length; i++) {
      double distance = Math.log(x[i]) - meanX;
      product += distance * (log(y[i]) - meanY);
      square += distance * distance;
    }
    return product / square;
  }

  /**
   * The x at which a falling curve first reaches a level, interpolated on logs.
   *
   * @return the first x if the curve starts below; infinity if it never reaches the level
   */
  public static double reaches(double[] x, double[] y, double level) {
    if (y[0] <= level) {
      return x[0];
    }
    for (int i = 1; i < x.length; i++) {
      if (y[i] <= level) {
        double part = (log(y[i - 1]) - Math.log(level)) / (log(y[i - 1]) - log(y[i]));
        return Math.exp(Math.log(x[i - 1]) + part * (Math.log(x[i]) - Math.log(x[i - 1])));
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private static double log(double y) {
    return Math.log(Math.max(y, 1e-300));
  }
}
