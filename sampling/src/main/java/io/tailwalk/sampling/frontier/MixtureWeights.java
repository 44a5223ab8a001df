package io.tailwalk.sampling.frontier;

/**
 * The probability of a path under the two ways to draw it, relative to the model: {@code x =
 * P_plain(v) / pi(v)} and {@code y = P_guided(v) / pi(v)}, in logs. A draw is plain with
 * probability a, so a prefix v is on its path with probability {@code pi(v) (a x + (1 - a) y)}, and
 * the children of v count {@code 1 / (a x + (1 - a) y)} times: the balance form of a defensive
 * mixture (Hesterberg 1995; Owen and Zhou 2000; Veach and Guibas 1995).
 */
final class MixtureWeights {
  private static final double ZERO = Double.NEGATIVE_INFINITY;

  private final double logPlainShare;
  private final double logGuidedShare;
  private double logX;
  private double logY;

  /**
   * The weights at the first prefix of a draw.
   *
   * @param plainShare a, in (0, 1]
   * @param logX log of its plain probability over that under the model
   * @param logY log of its guided probability over that under the model
   */
  MixtureWeights(double plainShare, double logX, double logY) {
    this.logPlainShare = Math.log(plainShare);
    this.logGuidedShare = Math.log1p(-plainShare);
    this.logX = logX;
    this.logY = logY;
  }

  /**
   * Moves to a child.
   *
   * @param logPlain {@code log B(v)}
   * @param logGuided {@code log N(v)}
   * @param logValue {@code log V} of the child
   */
  void move(double logPlain, double logGuided, double logValue) {
    logX -= logPlain;
    logY = logY == ZERO || logValue == ZERO ? ZERO : logY + logValue - logGuided;
  }

  /** {@code -log(a x + (1 - a) y)}: log of the weight of the children at this prefix. */
  double logWeight() {
    double a = logPlainShare + logX;
    double b = logGuidedShare == ZERO || logY == ZERO ? ZERO : logGuidedShare + logY;
    double max = Math.max(a, b);
    return -(max + Math.log1p(Math.exp(Math.min(a, b) - max)));
  }

  /** {@code -log x}: the log-weight if all draws were plain. */
  double logPlainWeight() {
    return -logX;
  }
}
