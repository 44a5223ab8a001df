package io.tailwalk.coverage;

/** The logarithm of a ratio of probabilities, with a stated meaning for probability zero. */
public final class LogRatio {
  /**
   * Log-probabilities are sums of rounded terms; if the difference of two of them is this near to a
   * threshold, relative to their magnitude, it counts as equal to it.
   */
  private static final double TOLERANCE = 1e-9;

  private LogRatio() {}

  /**
   * {@code logNumerator - logDenominator} in nats. A response with probability zero under the
   * denominator has ratio plus infinity: it is covered at no N. If only the numerator is zero, the
   * ratio is minus infinity. If both are zero the difference is 0, as for any other two equal
   * probabilities.
   */
  public static double of(double logNumerator, double logDenominator) {
    return logNumerator == logDenominator ? 0.0 : logNumerator - logDenominator;
  }

  /**
   * Whether a ratio reaches a factor: {@code logNumerator - logDenominator >= threshold}, where a
   * difference below the threshold by no more than {@code 1e-9 max(1, |logNumerator|,
   * |logDenominator|)} nats counts as a tie, and ties count as reached. Without this rule {@code ln
   * 0.3 - ln 0.1} would be below {@code ln 3} by one unit in the last place.
   *
   * @param threshold {@code log N}, nats
   */
  public static boolean reaches(double logNumerator, double logDenominator, double threshold) {
    return reach(logNumerator, logDenominator) >= threshold;
  }

  /**
   * The largest threshold, nats, that the ratio reaches, ties included as in {@link #reaches}.
   *
   * @return NaN if one of the two is NaN
   */
  public static double reach(double logNumerator, double logDenominator) {
    double ratio = of(logNumerator, logDenominator);
    double magnitude = Math.max(Math.abs(logNumerator), Math.abs(logDenominator));
    return Double.isInfinite(magnitude) ? ratio : ratio + TOLERANCE * Math.max(1, magnitude);
  }

  /** Whether the value is valid as the log-probability of a discrete response. */
  public static boolean isLogProb(double logProb) {
    return logProb <= 0.0;
  }
}
