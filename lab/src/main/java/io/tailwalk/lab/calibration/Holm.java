package io.tailwalk.lab.calibration;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's multiple test procedure (Holm, "A simple sequentially rejective multiple test procedure",
 * Scandinavian Journal of Statistics 6, 1979): the probability that any true hypothesis is refuted
 * stays below the level under any dependence of the tests.
 */
final class Holm {
  /** The level of the experiment. */
  static final double LEVEL = 0.05;

  private Holm() {}

  /**
   * Adjusted p-values in the given order; a hypothesis is refuted if its p-value is at most the
   * level.
   */
  static double[] adjusted(double[] pValues) {
    int count = pValues.length;
    int[] rising =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[count];
    double largest = 0;
    for (int rank = 0; rank < count; rank++) {
      double scaled = Math.min(1, (count - rank) * pValues[rising[rank]]);
      largest = Math.max(largest, scaled);
      adjusted[rising[rank]] = largest;
    }
    return adjusted;
  }
}
