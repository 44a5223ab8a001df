package io.tailwalk.lab.steps;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Cov_N of every method at every step size, mean over repeats.
 *
 * @param settings settings in the order of measurement
 * @param coverage Cov_N by method, then setting, then step size
 */
record Outcomes(List<Setting> settings, Map<Method, double[][]> coverage) {

  /** Cov_N of a method at its best step size for each setting. */
  double[] best(Method method) {
    return Arrays.stream(of(method)).mapToDouble(row -> row[bestStep(row)]).toArray();
  }

  /** Index of the best step size in a setting. */
  int bestStep(Method method, int setting) {
    return bestStep(of(method)[setting]);
  }

  /** Index of the step size with the best worst setting. */
  int commonStep(Method method) {
    double[][] rows = of(method);
    double[] worst = new double[rows[0].length];
    for (double[] row : rows) {
      for (int i = 0; i < worst.length; i++) {
        worst[i] = Math.max(worst[i], row[i]);
      }
    }
    return bestStep(worst);
  }

  /** Cov_N of a method at one step size for all settings. */
  double[] common(Method method) {
    int step = commonStep(method);
    return Arrays.stream(of(method)).mapToDouble(row -> row[step]).toArray();
  }

  private double[][] of(Method method) {
    return Objects.requireNonNull(coverage.get(method));
  }

  double[] row(Method method, int setting) {
    return of(method)[setting];
  }

  private static int bestStep(double[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] < row[best] ? i : best;
    }
    return best;
  }
}
