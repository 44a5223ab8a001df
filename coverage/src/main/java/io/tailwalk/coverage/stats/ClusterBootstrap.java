package io.tailwalk.coverage.stats;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Resamples whole clusters with replacement (Field and Welsh 2007, JRSS B 69): each replicate draws
 * the original number of clusters and computes the sums over the drawn clusters.
 */
public final class ClusterBootstrap {
  private final double[][] clusterSums;

  /** Over sums by cluster, {@code [cluster][quantity]}. */
  public ClusterBootstrap(double[][] clusterSums) {
    this.clusterSums = clusterSums;
  }

  /** Receiver of the sums of one replicate; the array is reused. */
  @FunctionalInterface
  public interface Replicate {
    /** Receives one replicate. */
    void accept(double[] totals);
  }

  /** Runs the given number of replicates; the same generator state gives the same replicates. */
  public void run(int replicates, RandomGenerator random, Replicate consumer) {
    int clusters = clusterSums.length;
    double[] totals = new double[clusters == 0 ? 0 : clusterSums[0].length];
    int[] weights = new int[clusters];
    for (int b = 0; b < replicates; b++) {
      Arrays.fill(weights, 0);
      for (int draw = 0; draw < clusters; draw++) {
        weights[random.nextInt(clusters)]++;
      }
      Arrays.fill(totals, 0);
      for (int g = 0; g < clusters; g++) {
        if (weights[g] > 0) {
          addScaled(totals, weights[g], clusterSums[g]);
        }
      }
      consumer.accept(totals);
    }
  }

  private static void addScaled(double[] into, int weight, double[] from) {
    for (int k = 0; k < into.length; k++) {
      into[k] += weight * from[k];
    }
  }

  /**
   * The smallest value with at least a share {@code level} of the values at or below it. Sorts the
   * array.
   */
  public static double quantile(double[] values, double level) {
    Arrays.sort(values);
    int index = (int) Math.ceil(level * values.length) - 1;
    return values[Math.clamp(index, 0, values.length - 1)];
  }
}
