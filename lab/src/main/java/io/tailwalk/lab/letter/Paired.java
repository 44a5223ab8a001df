package io.tailwalk.lab.letter;

import io.tailwalk.report.Estimate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean over pairs of runs with Student's interval.
 *
 * @param pairs number of complete pairs, one per prompt and repeat
 * @param low lower end of the 95% interval
 * @param mean mean of the pairs; all three numbers are NaN with fewer than two pairs
 * @param high upper end; if a value is infinite, as for a text that a judge cannot write, the mean
 *     is infinite too and equals both ends
 */
record Paired(int pairs, double low, double mean, double high) {
  private static final double TAIL = 0.025;

  /** The mean of one number per pair; NaN marks an incomplete pair. */
  static Paired of(double[] all) {
    double[] values = Arrays.stream(all).filter(x -> !Double.isNaN(x)).toArray();
    int n = values.length;
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    if (n < 2) {
      return new Paired(n, Double.NaN, Double.NaN, Double.NaN);
    }
    if (!Double.isFinite(mean)) {
      return new Paired(n, mean, mean, mean);
    }
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    double error = Math.sqrt(squares / (n - 1) / n);
    double reach = error * TDistribution.of(n - 1.0).inverseSurvivalProbability(TAIL);
    return new Paired(n, mean - reach, mean, mean + reach);
  }

  Estimate estimate() {
    return new Estimate(low, mean, high);
  }

  String text() {
    return String.format(Locale.ROOT, "%+.2f [%+.2f, %+.2f]", mean, low, high);
  }

  /** The mean under a name and the ends under this name with a suffix, as in JSON. */
  Map<String, Double> named(String name) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(name, mean);
    figures.put(name + "_low", low);
    figures.put(name + "_high", high);
    return figures;
  }
}
