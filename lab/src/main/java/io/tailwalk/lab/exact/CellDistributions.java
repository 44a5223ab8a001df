package io.tailwalk.lab.exact;

import io.tailwalk.lab.Measured;
import java.util.Arrays;
import java.util.List;

/**
 * Distributions over finitely many cells, one from each of several independent runs of a sampler,
 * with the target distribution.
 *
 * @param target probability of each cell
 * @param runs the share of each cell in each run
 */
@SuppressWarnings("ArrayRecordComponent") // vectors of doubles, never compared
public record CellDistributions(double[] target, List<double[]> runs) {
  /** Keeps a copy of the list. */
  public CellDistributions {
    runs = List.copyOf(runs);
    if (runs.size() < 4) {
      throw new IllegalArgumentException("a standard error needs at least 4 runs");
    }
  }

  /**
   * Total variation between the sampler's distribution and the target, without the upward bias of
   * the distance between shares: the cells in excess are chosen on one half of the runs and their
   * excess is measured on the other, and vice versa. Its mean is at most the total variation, and 0
   * if the distributions agree. Since the two measurements share all runs, their errors are treated
   * as fully correlated: the standard error, with {@link #degreesOfFreedom}, is that of one
   * measurement.
   */
  public Measured totalVariation() {
    int half = runs.size() / 2;
    List<double[]> first = runs.subList(0, half);
    List<double[]> second = runs.subList(half, runs.size());
    Measured one = excess(first, excessCells(second));
    Measured other = excess(second, excessCells(first));
    return new Measured(
        (one.value() + other.value()) / 2, (one.standardError() + other.standardError()) / 2);
  }

  /** Degrees of freedom of the standard error of the total variation, at least 1. */
  public int degreesOfFreedom() {
    return runs.size() / 2 - 1;
  }

  private Measured excess(List<double[]> part, boolean[] cells) {
    return Measured.of(
        part.stream()
            .mapToDouble(distribution -> {
              double excess = 0;
              for (int cell = 0; cell < target.length; cell++) {
                excess += cells[cell] ? distribution[cell] - target[cell] : 0;
              }
              return excess;
            })
            .toArray());
  }

  private boolean[] excessCells(List<double[]> part) {
    double[] mean = mean(part);
    boolean[] cells = new boolean[target.length];
    for (int cell = 0; cell < cells.length; cell++) {
      cells[cell] = mean[cell] > target[cell];
    }
    return cells;
  }

  private static double[] mean(List<double[]> part) {
    double[] mean = new double[part.getFirst().length];
    for (double[] distribution : part) {
      for (int cell = 0; cell < mean.length; cell++) {
        mean[cell] += distribution[cell] / part.size();
      }
    }
    return mean;
  }

  /**
   * Kullback-Leibler divergence of the sampler's distribution from the target (nats), {@code sum q
   * log(q/p)}, of the mean over runs. The bias that falls as one over the number of runs is
   * subtracted: it is r times larger in a single run than in the mean of r runs.
   */
  public double klFromTarget() {
    double single = runs.stream().mapToDouble(this::kl).average().orElse(0);
    double all = kl(mean(runs));
    return all - (single - all) / (runs.size() - 1);
  }

  private double kl(double[] distribution) {
    return kl(distribution, target);
  }

  /** {@code sum q log(q/p)} (nats). */
  static double kl(double[] distribution, double[] target) {
    double sum = 0;
    for (int cell = 0; cell < distribution.length; cell++) {
      if (distribution[cell] > 0) {
        sum += distribution[cell] * Math.log(distribution[cell] / target[cell]);
      }
    }
    return sum;
  }

  /** Mean of a function of the cells over the sampler's distribution. */
  public Measured mean(double[] function) {
    return Measured.of(
        runs.stream()
            .mapToDouble(distribution -> {
              double sum = 0;
              for (int cell = 0; cell < distribution.length; cell++) {
                sum += distribution[cell] * function[cell];
              }
              return sum;
            })
            .toArray());
  }

  /** Number of cells. */
  public int size() {
    return target.length;
  }

  @Override
  public String toString() {
    return "CellDistributions" + Arrays.toString(target);
  }
}
