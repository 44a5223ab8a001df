package io.tailwalk.coverage.stats;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.statistics.ClopperPearson;
import io.tailwalk.statistics.Gaffke;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Pointwise intervals for several proportions of rows.
 *
 * <ul>
 *   <li>Independent rows: Clopper-Pearson, guaranteed.
 *   <li>A count of 0 or of all rows: Clopper-Pearson with one trial per prompt, guaranteed even if
 *       rows of a prompt always agree.
 *   <li>Rows clustered by prompt: Gaffke's interval over the prompts' shares, each of which has the
 *       proportion as its mean; if prompts differ in size, the hull of that and the percentile
 *       bootstrap over prompts, which weights them by size. Asymptotic.
 *   <li>Prompts folded together, as {@link ClusteredSums} does with very many: the percentile
 *       bootstrap over folds, or Gaffke's over folds if all replicates are equal.
 * </ul>
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
    Interval[] intervals = new Interval[proportions];
    if (sizes.rowsAreIndependent()) {
      Arrays.setAll(intervals, k -> ClopperPearson.interval(Math.round(totals[k]), rows, delta));
      return intervals;
    }
    double[][] shares =
        needsBootstrap(counts, sizes)
            ? bootstrap(counts, proportions, replicates, random)
            : new double[proportions][0];
    for (int k = 0; k < proportions; k++) {
      long count = Math.round(totals[k]);
      long prompts = sizes.prompts();
      intervals[k] =
          count == 0 || count == rows
              ? ClopperPearson.interval(count == 0 ? 0 : prompts, prompts, delta)
              : clustered(counts, k, shares[k], prompts, delta);
    }
    return intervals;
  }

  private static boolean needsBootstrap(double[][] counts, PromptSizes sizes) {
    int last = counts[0].length - 1;
    return counts.length < sizes.prompts()
        || Arrays.stream(counts).anyMatch(row -> row[last] != counts[0][last]);
  }

  private static Interval clustered(
      double[][] counts, int k, double[] shares, long prompts, double delta) {
    if (shares.length > 0) {
      Interval percentile =
          Interval.asymptotic(
              ClusterBootstrap.quantile(shares, delta / 2),
              ClusterBootstrap.quantile(shares, 1 - delta / 2));
      if (counts.length < prompts && percentile.width() > 0) {
        return percentile.within(0, 1);
      }
      Interval gaffke = gaffke(counts, k, delta);
      return Interval.asymptotic(
              Math.min(gaffke.low(), percentile.low()), Math.max(gaffke.high(), percentile.high()))
          .within(0, 1);
    }
    return gaffke(counts, k, delta);
  }

  private static Interval gaffke(double[][] counts, int k, double delta) {
    return Gaffke.interval(
        Arrays.stream(counts).mapToDouble(row -> row[k] / row[row.length - 1]).toArray(), delta);
  }

  private static double[][] bootstrap(
      double[][] counts, int proportions, int replicates, RandomGenerator random) {
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
    return shares;
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
