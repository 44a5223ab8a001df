package io.tailwalk.coverage.profile;

import io.tailwalk.coverage.LogRatio;
import java.util.List;
import java.util.Optional;

/** Inequalities printed together with the data, never instead of it (arXiv 2510.15020). */
public final class CoverageBounds {
  private CoverageBounds() {}

  /**
   * {@code Cov_N <= KL / (log N - 1 + 1/N)} (Proposition 3.1), at most 1.
   *
   * @param kl sequence-level KL divergence, nats
   * @param n the factor N; at N = 1 the bound is vacuous and 1 is returned
   */
  public static double fromKl(double kl, double n) {
    double denominator = Math.log(n) - 1 + 1 / n;
    return denominator > 0 ? Math.min(1.0, kl / denominator) : 1.0;
  }

  /**
   * Success of Best-of-N drawn from q is at least success(pi) minus {@code min_M Cov_M +
   * exp(-N/M)}: rejection sampling with envelope M simulates a draw of pi from N draws of q up to
   * that total variation.
   *
   * @param drawsN number of draws N, at least 1
   * @param successOfReference success(pi) in [0, 1]
   */
  public static BestOfNBound bestOfN(
      double drawsN, double successOfReference, List<ProfilePoint> points) {
    double loss = 1.0;
    double envelope = Double.NaN;
    for (ProfilePoint point : points) {
      double candidate = point.coverage() + Math.exp(-drawsN / point.n());
      if (candidate < loss) {
        loss = candidate;
        envelope = point.n();
      }
    }
    return new BestOfNBound(drawsN, Math.max(0.0, successOfReference - loss), loss, envelope);
  }

  /**
   * A lower bound for Best-of-N.
   *
   * @param n draws
   * @param success at least this share of prompts succeed
   * @param loss the minimum over M
   * @param envelope the M that attains it; NaN if the loss is at least 1 for every M
   */
  public record BestOfNBound(double n, double success, double loss, double envelope) {}

  /**
   * For this N some 0/1 reward makes Best-of-N lose at least {@code Cov_{2N} / 2} (Proposition
   * D.7). Read at the smallest N' of the profile with {@code N' >= 2N}, which can only be smaller.
   */
  public static Optional<Double> necessaryLoss(double n, List<ProfilePoint> points) {
    return points.stream()
        .filter(point -> LogRatio.reaches(Math.log(point.n()), Math.log(n), Math.log(2)))
        .findFirst()
        .map(point -> point.coverage() / 2);
  }
}
