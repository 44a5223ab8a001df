package io.tailwalk.lab.graph;

import java.util.List;

/** Spearman's correlation: Pearson's correlation of ranks; equal values have their mean rank. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /** The correlation, from -1 to 1; NaN if all values of a side are equal. */
  public static double of(List<Double> x, List<Double> y) {
    if (x.size() != y.size()) {
      throw new IllegalArgumentException(x.size() + " values against " + y.size());
    }
    double[] a = ranks(x);
    double[] b = ranks(y);
    double mean = (x.size() + 1) / 2.0;
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (a[i] - mean) * (b[i] - mean);
      squareA += (a[i] - mean) * (a[i] - mean);
      squareB += (b[i] - mean) * (b[i] - mean);
    }
    return product / Math.sqrt(squareA * squareB);
  }

  private static double[] ranks(List<Double> values) {
    double[] ranks = new double[values.size()];
    for (int i = 0; i < ranks.length; i++) {
      double value = values.get(i);
      long below = values.stream().filter(other -> other < value).count();
      long equal = values.stream().filter(other -> other == value).count();
      ranks[i] = below + (equal + 1) / 2.0;
    }
    return ranks;
  }
}
