package io.tailwalk.coverage;

/** The logarithm of a ratio of probabilities, with a stated meaning for probability zero. */
public final class LogRatio {
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

  /** Whether the value may stand as the log-probability of a discrete response. */
  public static boolean isLogProb(double logProb) {
    return logProb <= 0.0;
  }
}
