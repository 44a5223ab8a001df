package io.tailwalk.sampling.estimate;

import java.util.ArrayList;
import java.util.List;

/**
 * The success probability from independent particle systems: the mean over systems of their mean
 * weights. Systems are independent given the past, so each is a unit of the lower betting end. The
 * effective number of lineages is computed from the systems' genealogies: share {@code A_i} of a
 * system's final weight descends from its i-th first particle (Eve indices: Chan and Lai 2013; Lee
 * and Whiteley 2018, arXiv 1509.00394).
 */
public final class ParticleMass {
  private final List<Double> logMasses = new ArrayList<>();
  private final List<double[]> families = new ArrayList<>();
  private int counted;

  /** No systems yet. */
  public ParticleMass() {}

  /**
   * Adds a system.
   *
   * @param logMass log of its mean weight
   * @param familyShares shares of the final weight by first particle; all zero if it died
   * @param withinBudget whether an unbiased mean may include it
   */
  public void add(double logMass, double[] familyShares, boolean withinBudget) {
    logMasses.add(logMass);
    families.add(familyShares);
    if (withinBudget || logMasses.size() == 1) {
      counted = logMasses.size();
    }
  }

  /** Systems. */
  public int all() {
    return logMasses.size();
  }

  /** Systems that the estimate includes. */
  public int counted() {
    return counted;
  }

  /** The estimate of the success probability from the systems. */
  public Evidence evidence() {
    var evidence = new Evidence();
    logMasses.forEach(logMass -> evidence.addUnbounded(Math.exp(logMass)));
    if (counted > 0) {
      double[] masses = logMasses.stream().limit(counted).mapToDouble(Math::exp).toArray();
      double mean = java.util.Arrays.stream(masses).average().orElse(0);
      evidence.estimate(mean, true, "mean over " + masses.length + " particle systems");
      evidence.replicates(masses);
    }
    return evidence;
  }

  /** Kish's effective number of families, over all systems: families are independent. */
  public double effectiveSize() {
    double max = logMasses.stream().mapToDouble(m -> m).max().orElse(Double.NEGATIVE_INFINITY);
    List<Double> weights = new ArrayList<>();
    for (int r = 0; r < families.size(); r++) {
      for (double share : families.get(r)) {
        weights.add(share == 0 ? 0 : share * Math.exp(logMasses.get(r) - max));
      }
    }
    return Weights.effectiveSize(weights.stream().mapToDouble(w -> w).toArray());
  }
}
