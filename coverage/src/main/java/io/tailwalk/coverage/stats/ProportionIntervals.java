package io.tailwalk.coverage.stats;

import io.tailwalk.coverage.Interval;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Pointwise intervals for several proportions of rows: Clopper-Pearson where rows are independent,
 * percentile bootstrap over prompts where they are not. At a count of 0 or of all rows the
 * bootstrap has nothing to resample; there the interval is Clopper-Pearson with one trial per
 * prompt, valid even if rows of a prompt always agree.
 */
public final class ProportionIntervals {
  private ProportionIntervals() {}

  /**
   * One interval for each proportion, each at level {@code 1 - delta}.
   *
   * @param counts rows counted, by cluster and proportion; the last column is the number of rows
   * @param sizes rows of each prompt
   * @param replicates bootstrap replicates
   */
  public static Interval[] pointwise(
      double[][] counts, PromptSizes sizes, double delta, int replicates, RandomGenerator random) {
    int proportions = counts[0].length - 1;
    double[] totals = columnTotals(counts);
    long rows = Math.round(totals[proportions]);
    if (sizes.rowsAreIndependent()) {
      Interval[] exact = new Interval[proportions];
      Arrays.setAll(exact, k -> ClopperPearson.interval(Math.round(totals[k]), rows, delta));
      return exact;
    }
    double[][] shares = new double[proportions][replicates];
    int[] replicate = {0};
    new ClusterBootstrap(counts)
        .run(
            replicates,
            random,
            sums -> {
              for (int k = 0; k < proportions; k++) {
                shares[k][replicate[0]] = sums[k] / sums[proportions];
              }
              replicate[0]++;
            });
    Interval[] intervals = new Interval[proportions];
    Arrays.setAll(
        intervals, k -> percentile(shares[k], Math.round(totals[k]), rows, sizes.prompts(), delta));
    return intervals;
  }

  private static Interval percentile(
      double[] shares, long count, long rows, long prompts, double delta) {
    if (count == 0 || count == rows) {
      return ClopperPearson.interval(count == 0 ? 0 : prompts, prompts, delta);
    }
    return new Interval(
        ClusterBootstrap.quantile(shares, delta / 2),
        ClusterBootstrap.quantile(shares, 1 - delta / 2));
  }

  private static double[] columnTotals(double[][] counts) {
    double[] totals = new double[counts[0].length];
    for (double[] row : counts) {
      for (int k = 0; k < totals.length; k++) {
        totals[k] += row[k];
      }
    }
    return totals;
  }
}
