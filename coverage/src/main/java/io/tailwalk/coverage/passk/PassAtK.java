package io.tailwalk.coverage.passk;

import io.tailwalk.coverage.CoverageException;

/**
 * The unbiased estimate of pass@k from n samples of which c are right: {@code 1 - C(n-c, k) / C(n,
 * k)} (Chen et al. 2021, arXiv 2107.03374, eq. 1).
 */
public final class PassAtK {
  private PassAtK() {}

  /**
   * The estimate for one prompt, in [0, 1].
   *
   * @throws CoverageException if k exceeds n: no unbiased estimate exists from n samples
   */
  public static double estimate(long samples, long correct, long k) {
    if (correct < 0 || correct > samples) {
      throw new CoverageException(correct + " correct of " + samples + " samples");
    }
    requireK(samples, k);
    if (samples - correct < k) {
      return 1.0;
    }
    // C(n-c,k)/C(n,k) is symmetric in c and k; the shorter product is taken, in logs.
    long factors = Math.min(correct, k);
    double other = Math.max(correct, k);
    double logMiss = 0;
    for (long i = 0; i < factors; i++) {
      logMiss += Math.log1p(-other / (samples - i));
    }
    return -Math.expm1(logMiss);
  }

  static void requireK(long samples, long k) {
    if (k < 1) {
      throw new CoverageException("k = " + k + "; pass@k needs k >= 1");
    }
    if (k > samples) {
      throw new CoverageException(
          "k = " + k + " exceeds the " + samples + " samples of a prompt; draw more or lower k");
    }
  }
}
