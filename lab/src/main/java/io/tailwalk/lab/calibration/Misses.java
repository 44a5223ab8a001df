package io.tailwalk.lab.calibration;

import io.tailwalk.lab.PrintedInterval;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * How often intervals missed the truth, and how likely that is if they may.
 *
 * <p>Runs are independent; those on one tree have one probability to miss, which differs from tree
 * to tree. Their number of misses is then no more spread than a binomial with the average
 * probability (Hoeffding, "On the distribution of the number of successes in independent trials",
 * 1956), so the exact binomial test of the average over the trees is valid.
 *
 * @param runs number of runs
 * @param below runs whose low end lies above the truth
 * @param above runs whose high end lies below the truth
 */
record Misses(int runs, int below, int above) {
  /** The least probability with which an interval is to hold the truth. */
  static final double COVERAGE = 0.95;

  /** The largest probability with which one end may miss it. */
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

  /** Runs whose interval holds the truth. */
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

  /** Probability of so few holding if they hold with {@link #COVERAGE}. */
  double coveragePValue() {
    return BinomialDistribution.of(runs, COVERAGE).cumulativeProbability(held());
  }

  /** Probability of so many missing below if they miss with {@link #ONE_SIDE}. */
  double belowPValue() {
    return atLeast(below);
  }

  /** Probability of so many missing above if they miss with {@link #ONE_SIDE}. */
  double abovePValue() {
    return atLeast(above);
  }

  private double atLeast(int misses) {
    return misses == 0
        ? 1
        : BinomialDistribution.of(runs, ONE_SIDE).survivalProbability(misses - 1);
  }
}
