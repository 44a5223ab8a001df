package io.tailwalk.coverage.passk;

import io.tailwalk.core.verify.Rewards;
import io.tailwalk.coverage.CoverageException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The unbiased estimate of the reward of Best-of-N from m samples: the mean over all subsets of
 * size N of the reward of the highest-scored member, ties drawn evenly. With samples in rising
 * order of score, the r-th is the best of {@code C(r-1, N-1)} of the {@code C(m, N)} subsets; a
 * group of equal scores shares the weight of its members.
 */
public final class BestOfN {
  private BestOfN() {}

  /**
   * One graded sample.
   *
   * @param score the selector's score; not NaN
   * @param reward the reward that counts
   */
  public record Scored(double score, double reward) {
    /** Refuses NaN, and rewards so large that a mean of them may be no double. */
    public Scored {
      if (Double.isNaN(score) || Double.isNaN(reward)) {
        throw new CoverageException("score " + score + ", reward " + reward + "; NaN is no grade");
      }
      if (Math.abs(reward) > Rewards.LARGEST) {
        throw new CoverageException(
            "reward " + reward + " is beyond 1e300 in size; scale all rewards down");
      }
    }
  }

  /**
   * Expected reward of the best-scored of n samples.
   *
   * @throws CoverageException if n exceeds the number of samples
   */
  public static double estimate(List<Scored> samples, int n) {
    PassAtK.requireK(samples.size(), n);
    Scored[] sorted = samples.toArray(Scored[]::new);
    Arrays.sort(sorted, Comparator.comparingDouble(Scored::score));
    double total = 0;
    double below = 0;
    for (int from = 0; from < sorted.length; ) {
      int to = from;
      double reward = 0;
      while (to < sorted.length && sorted[to].score() == sorted[from].score()) {
        reward += sorted[to++].reward();
      }
      double upTo = allWithin(sorted.length, to, n);
      total += (upTo - below) * reward / (to - from);
      below = upTo;
      from = to;
    }
    return total;
  }

  /** Share of subsets of size n that lie within the lowest r of m samples. */
  private static double allWithin(int m, int r, int n) {
    return r < n ? 0.0 : 1.0 - PassAtK.estimate(m, (long) m - r, n);
  }
}
