package io.tailwalk.sampling.estimate;

import io.tailwalk.sampling.walk.TourLog;

/**
 * Estimates from tours. With {@code W_t = S(root) * (leaf visits of tour t)}, {@code E[W_t] = Z}
 * exactly, for any values that are exact at the leaves.
 */
public final class TourEstimates {
  private TourEstimates() {}

  /**
   * The base model's success probability {@code Z = E_pi[tau]} from tours. Tours are units of the
   * lower betting end in the order in which they began, up to the first that the budget cut:
   * Ville's inequality holds for every such beginning of the sequence at once, but not for a choice
   * of tours by their length. With several copies of the tree the first tour of each is a unit:
   * later ones share its tree, and a mean over the number that the budget allowed is biased. After
   * a tour that the budget cut there is no standard error, and the estimate includes the visits of
   * the cut tours.
   *
   * @param copies copies of the tree that the tours alternate between; with one copy tours are
   *     i.i.d., with several the means of copies are
   * @param numberFixed whether the number of tours was set beforehand; a budget that ends them
   *     makes their number depend on their cost and thereby on what they saw, and their mean is
   *     biased by a term of order one over their number
   */
  public static Evidence evidence(TourLog log, int copies, boolean numberFixed) {
    var evidence = new Evidence();
    if (log.size() == 0) {
      return evidence;
    }
    boolean unbiased = numberFixed && log.unfinished() == 0;
    double[] values = copies == 1 ? tourValues(log) : copyMeans(log, copies);
    int[] order = log.inOrderOfBeginning();
    for (int i = 0; i < (copies == 1 ? order.length : Math.min(copies, order.length)); i++) {
      evidence.addUnbounded(log.value(order[i]));
    }
    String method = copies == 1 ? "mean over tours" : "mean over " + copies + " sampled trees";
    double mean = java.util.Arrays.stream(values).average().orElse(0);
    if (copies == 1) {
      mean = (mean * values.length + log.unfinishedValue()) / (values.length + log.unfinished());
    }
    evidence.estimate(mean, unbiased, method);
    if (log.unfinished() == 0) {
      evidence.replicates(values);
    }
    return evidence;
  }

  /**
   * Independent draws that the tours are worth: {@code (sum W)^2 / sum W^2}; 0 if no leaf was
   * visited.
   */
  public static double effectiveSampleSize(TourLog log) {
    return Weights.effectiveSize(tourValues(log));
  }

  private static double[] tourValues(TourLog log) {
    double[] values = new double[log.size()];
    for (int t = 0; t < values.length; t++) {
      values[t] = log.value(t);
    }
    return values;
  }

  private static double[] copyMeans(TourLog log, int copies) {
    double[] sums = new double[copies];
    int[] counts = new int[copies];
    for (int t = 0; t < log.size(); t++) {
      sums[log.copy(t)] += log.value(t);
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
}
