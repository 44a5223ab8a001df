package io.tailwalk.coverage;

/** The logarithm of a ratio of probabilities, with a stated meaning for probability zero. */
public final class LogRatio {
  /**
   * Log-probabilities are sums of rounded terms; two whose difference comes this near to a
   * threshold, relative to their magnitude, are taken to lie on it.
   */
  private static final double TOLERANCE = 1e-9;

  private LogRatio() {}

  /**
   * {@code logNumerator - logDenominator} in nats. A response the denominator gives probability
   * zero has ratio plus infinity: it is covered at no N. One the numerator alone gives zero has
   * minus infinity. When both give zero neither outweighs the other and the difference is 0, the
   * same as for any other two equal probabilities.
   */
  public static double of(double logNumerator, double logDenominator) {
    return logNumerator == logDenominator ? 0.0 : logNumerator - logDenominator;
  }

  /**
   * Whether a ratio reaches a factor: {@code logNumerator - logDenominator >= threshold}, where a
   * difference that falls short by no more than {@code 1e-9 max(1, |logNumerator|,
   * |logDenominator|)} nats counts as a tie, and ties count as reached. Without that {@code ln 0.3
   * - ln 0.1} would fall short of {@code ln 3} by one unit in the last place.
   *
   * @param threshold {@code log N}, nats
   */
  public static boolean reaches(double logNumerator, double logDenominator, double threshold) {
    return reach(logNumerator, logDenominator) >= threshold;
  }

  /** The greatest threshold that the ratio reaches. */
  static double reach(double logNumerator, double logDenominator) {
    double ratio = of(logNumerator, logDenominator);
    double magnitude = Math.max(Math.abs(logNumerator), Math.abs(logDenominator));
    return Double.isInfinite(magnitude) ? ratio : ratio + TOLERANCE * Math.max(1, magnitude);
  }

  /** Whether the value may stand as the log-probability of a discrete response. */
  public static boolean isLogProb(double logProb) {
    return logProb <= 0.0;
  }
}
