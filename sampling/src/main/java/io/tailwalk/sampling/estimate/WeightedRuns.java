package io.tailwalk.sampling.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The success probability from runs of different sizes. Each run's estimate is unbiased given the
 * runs before it; their mean weighted by size is so for one run, and nearly so for several, since
 * what earlier runs cost decides the sizes and number of the later ones. The interval takes the
 * relative variance of a run as inverse to its size and uses Student's quantile on the log scale.
 */
public final class WeightedRuns {
  private final List<Double> logMasses = new ArrayList<>();
  private final List<Double> sizes = new ArrayList<>();

  /** Adds a run of a size above 0. */
  public void add(double logMass, double size) {
    logMasses.add(logMass);
    sizes.add(size);
  }

  /** Runs. */
  public int size() {
    return sizes.size();
  }

  /** Mean size of a run; 0 without runs. */
  public double meanSize() {
    return sizes.stream().mapToDouble(size -> size).average().orElse(0);
  }

  /** The weighted mean; empty without runs. */
  public Optional<Estimate> estimate() {
    if (sizes.isEmpty()) {
      return Optional.empty();
    }
    double totalSize = sizes.stream().mapToDouble(size -> size).sum();
    double mean = 0;
    for (int r = 0; r < size(); r++) {
      mean += sizes.get(r) / totalSize * Math.exp(logMasses.get(r));
    }
    String method = "mean over " + size() + " particle runs";
    if (size() < 2 || mean == 0) {
      return Optional.of(
          new Estimate(mean, 0, Double.POSITIVE_INFINITY, Intervals.LEVEL, size() == 1, method));
    }
    double squares = 0;
    for (int r = 0; r < size(); r++) {
      double relative = Math.exp(logMasses.get(r)) / mean - 1;
      squares += sizes.get(r) * relative * relative;
    }
    double relativeError = Math.sqrt(squares / (size() - 1) / totalSize);
    double t = TDistribution.of(size() - 1.0).inverseSurvivalProbability((1 - Intervals.LEVEL) / 2);
    double factor = Math.exp(t * relativeError);
    return Optional.of(
        new Estimate(mean, mean / factor, mean * factor, Intervals.LEVEL, size() == 1, method));
  }
}
