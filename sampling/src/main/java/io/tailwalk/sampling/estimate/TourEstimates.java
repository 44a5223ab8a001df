package io.tailwalk.sampling.estimate;

import io.tailwalk.sampling.walk.TourLog;

/**
 * Estimates from tours. With {@code W_t = S(root) * (leaf visits of tour t)}, {@code E[W_t] = Z}
 * exactly, for any values that are right at the leaves.
 */
public final class TourEstimates {
  /** Share of leaf visits in tours cut short up to which the interval of the others stands. */
  private static final double NEGLIGIBLE = 0.1;

  private TourEstimates() {}

  /**
   * The base model's success probability {@code Z = E_pi[tau]}.
   *
   * @param copies copies of the tree the tours went round; with one copy tours are i.i.d., with
   *     several the copies are, and the interval is taken over their means
   * @param numberFixed whether the number of tours was set beforehand; a budget that ends them lets
   *     their cost, and so what they saw, decide how many there are, and the mean of that many is
   *     biased by a term of order one over their number
   * @return without an upper end if tours cut short by the budget hold more than a tenth as many
   *     leaf visits as the finished ones
   */
  public static Estimate successProbability(TourLog log, int copies, boolean numberFixed) {
    boolean unbiased = numberFixed && log.unfinished() == 0;
    double[] values = copies == 1 ? tourValues(log) : copyMeans(log, copies);
    String method = copies == 1 ? "mean over tours" : "mean over " + copies + " sampled trees";
    Estimate estimate = Intervals.positiveMean(values, unbiased, method);
    return cutToursMatter(log) ? estimate.withoutUpperEnd() : estimate;
  }

  /**
   * Long tours are the ones that are cut, and the ones with many visits: what they hold is missing.
   */
  private static boolean cutToursMatter(TourLog log) {
    return log.unfinishedVisits() > NEGLIGIBLE * log.leafVisits();
  }

  /** Tours' worth in independent draws: {@code (sum W)^2 / sum W^2}; 0 when no leaf was visited. */
  public static double effectiveSampleSize(TourLog log) {
    double sum = 0;
    double squares = 0;
    for (double value : tourValues(log)) {
      sum += value;
      squares += value * value;
    }
    return squares == 0 ? 0 : sum * sum / squares;
  }

  private static double[] tourValues(TourLog log) {
    double[] values = new double[log.size()];
    for (int t = 0; t < values.length; t++) {
      values[t] = value(log, t);
    }
    return values;
  }

  private static double[] copyMeans(TourLog log, int copies) {
    double[] sums = new double[copies];
    int[] counts = new int[copies];
    for (int t = 0; t < log.size(); t++) {
      sums[log.copy(t)] += value(log, t);
      counts[log.copy(t)]++;
    }
    int used = (int) java.util.Arrays.stream(counts).filter(count -> count > 0).count();
    double[] means = new double[used];
    for (int copy = 0, at = 0; copy < copies; copy++) {
      if (counts[copy] > 0) {
        means[at++] = sums[copy] / counts[copy];
      }
    }
    return means;
  }

  private static double value(TourLog log, int tour) {
    return log.visits(tour) == 0 ? 0 : Math.exp(log.logRootOut(tour)) * log.visits(tour);
  }
}
