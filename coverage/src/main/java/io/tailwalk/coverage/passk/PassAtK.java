package io.tailwalk.coverage.passk;

import io.tailwalk.core.Plural;
import io.tailwalk.coverage.CoverageException;

/**
 * The unbiased estimate of pass@k from n samples of which c are correct: {@code 1 - C(n-c, k) /
 * C(n, k)} (Chen et al. 2021, arXiv 2107.03374, eq. 1).
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
      throw new CoverageException(correct + " correct of " + Plural.of(samples, "sample"));
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

  /**
   * The unbiased estimate of the variance that {@link #estimate} has for one prompt: {@code q^2}
   * less the unbiased estimate {@code C(n-c, 2k) / C(n, 2k)} of {@code E[q]^2}, with {@code q =
   * C(n-c, k) / C(n, k)} (the variance of a U-statistic: Hoeffding 1948, Annals of Mathematical
   * Statistics 19). At least 0; for k = 1 it is {@code p (1-p) / (n-1)} with {@code p = c/n}.
   *
   * @return NaN if n is below 2k: no unbiased estimate exists
   */
  public static double variance(long samples, long correct, long k) {
    if (k > samples / 2) {
      requireK(samples, k);
      return Double.NaN;
    }
    double miss = 1 - estimate(samples, correct, k);
    return Math.max(0, miss * miss - (1 - estimate(samples, correct, 2 * k)));
  }

  /**
   * The unbiased estimate of {@code 1 - (1 - Z)^k} from units of the estimate of Z, such as the
   * contributions of single draws or runs: {@code 1 - e_k(1 - Y_1, ..., 1 - Y_n) / C(n, k)} with
   * the elementary symmetric polynomial {@code e_k}. It requires only {@code E[Y_t | past] = Z},
   * because then the product of {@code 1 - Y_t} over any k units fixed beforehand has mean {@code
   * (1 - Z)^k}; with Y in {0, 1} it is {@link #estimate}. Computed by the recursion {@code E_j <-
   * (j/t)(1 - Y_t) E_(j-1) + (1 - j/t) E_j}, here for {@code 1 - E_j}, so that small units keep
   * their digits. With units above 1 it may be outside [0, 1].
   *
   * @param units n of them, finite
   * @param k 1 to n
   * @throws CoverageException if k exceeds n: no unbiased estimate exists from n units
   */
  public static double fromUnits(double[] units, int k) {
    requireK(units.length, k);
    double[] pass = new double[k + 1];
    for (int t = 1; t <= units.length; t++) {
      double unit = units[t - 1];
      for (int j = Math.min(t, k); j >= 1; j--) {
        double share = j / (double) t;
        pass[j] = share * (unit + (1 - unit) * pass[j - 1]) + (1 - share) * pass[j];
      }
    }
    return pass[k];
  }

  static void requireK(long samples, long k) {
    if (k < 1) {
      throw new CoverageException("k = " + k + "; pass@k needs k >= 1");
    }
    if (k > samples) {
      throw new CoverageException(
          "k = "
              + k
              + " exceeds the "
              + Plural.of(samples, "sample")
              + " of a prompt; draw more or lower k");
    }
  }
}
