package io.tailwalk.lab.calibration;

import io.tailwalk.lab.PrintedInterval;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The number of intervals that missed the true value, with the p-values of these numbers.
 *
 * <p>Runs are independent; runs on one tree have the same probability to miss, which differs from
 * tree to tree. The number of misses is then no more dispersed than a binomial with the average
 * probability (Hoeffding, "On the distribution of the number of successes in independent trials",
 * 1956), so the exact binomial test of the average over the trees is valid.
 *
 * @param runs number of runs
 * @param below runs whose low end lies above the true value
 * @param above runs whose high end lies below the true value
 */
record Misses(int runs, int below, int above) {
  /** The least probability with which an interval must contain the true value. */
  static final double COVERAGE = 0.95;

  /** The largest probability with which one end may miss the true value. */
  static final double ONE_SIDE = 0.04;

  static Misses of(List<PrintedInterval> outcomes) {
    int below = 0;
    int above = 0;
    for (PrintedInterval outcome : outcomes) {
      below += outcome.missesBelow() ? 1 : 0;
      above += outcome.missesAbove() && !outcome.missesBelow() ? 1 : 0;
    }
    return new Misses(outcomes.size(), below, above);
  }

  /** Runs whose interval contains the true value. */
  int held() {
    return runs - below - above;
  }

  double coverage() {
    return (double) held() / runs;
  }

  double shareBelow() {
    return (double) below / runs;
  }

  double shareAbove() {
    return (double) above / runs;
  }

  /** Probability of at most this many hits if intervals hit with {@link #COVERAGE}. */
  double coveragePValue() {
    return BinomialDistribution.of(runs, COVERAGE).cumulativeProbability(held());
  }

  /** Probability of at least this many misses below if they occur with {@link #ONE_SIDE}. */
  double belowPValue() {
    return atLeast(below);
  }

  /** Probability of at least this many misses above if they occur with {@link #ONE_SIDE}. */
  double abovePValue() {
    return atLeast(above);
  }

  private double atLeast(int misses) {
    return misses == 0
        ? 1
        : BinomialDistribution.of(runs, ONE_SIDE).survivalProbability(misses - 1);
  }
}
