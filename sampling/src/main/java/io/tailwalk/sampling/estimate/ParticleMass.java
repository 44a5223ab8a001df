package io.tailwalk.sampling.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The success probability from independent particle systems. With five or more, the interval is
 * taken over the systems. With fewer it is read from their genealogies (Chan and Lai 2013; Lee and
 * Whiteley 2018): if share {@code A_i} of a system's final weight descends from its i-th first
 * particle, the relative variance of {@code Z-hat} is estimated by {@code N/(N-1) (sum_i A_i^2 -
 * 1/N)}. When few families are left that says nothing, and with a single system nor does the
 * interval; nor does a genealogy see the chance in a sampled tree.
 */
public final class ParticleMass {
  private static final int ENOUGH_SYSTEMS = 5;

  /** Below so many effective families a genealogy has forgotten its beginning. */
  private static final double ENOUGH_FAMILIES = 5;

  private final boolean genealogyTells;
  private final List<Double> logMasses = new ArrayList<>();
  private final List<double[]> families = new ArrayList<>();
  private int counted;

  /**
   * No system yet.
   *
   * @param genealogyTells whether the systems' trees hold no chance of their own
   */
  public ParticleMass(boolean genealogyTells) {
    this.genealogyTells = genealogyTells;
  }

  /**
   * Adds a system.
   *
   * @param logMass log of its mean weight
   * @param familyShares shares of the final weight by first particle; all zero if it died
   * @param withinBudget whether an unbiased mean may take it in
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

  /** Systems that the estimate takes in. */
  public int counted() {
    return counted;
  }

  /** The mean over systems; empty without any. */
  public Optional<Estimate> estimate() {
    if (counted == 0) {
      return Optional.empty();
    }
    double[] masses = logMasses.stream().limit(counted).mapToDouble(Math::exp).toArray();
    if (counted >= ENOUGH_SYSTEMS || (!genealogyTells && counted > 1)) {
      return Optional.of(overSystems(masses));
    }
    Estimate estimate = fromGenealogy(masses);
    boolean silent = estimate.high() == Double.POSITIVE_INFINITY;
    return Optional.of(silent ? overSystems(masses) : estimate);
  }

  private static Estimate overSystems(double[] masses) {
    return Intervals.positiveMean(masses, true, "mean over " + masses.length + " particle systems");
  }

  private Estimate fromGenealogy(double[] masses) {
    double sum = Arrays.stream(masses).sum();
    double variance = 0;
    double familiesLeft = 0;
    boolean tells = genealogyTells && sum > 0;
    for (int r = 0; r < masses.length && sum > 0; r++) {
      double[] shares = families.get(r);
      double squares = Arrays.stream(shares).map(a -> a * a).sum();
      tells &= squares > 0 && 1 / squares >= ENOUGH_FAMILIES;
      familiesLeft += squares > 0 ? 1 / squares - 1 : 0;
      double relative = (squares - 1.0 / shares.length) * shares.length / (shares.length - 1.0);
      variance += Math.max(0, relative) * (masses[r] / sum) * (masses[r] / sum);
    }
    double mean = sum / masses.length;
    double spread = tells ? quantile(familiesLeft) * Math.sqrt(variance) : 0;
    return new Estimate(
        mean,
        tells ? mean * Math.exp(-spread) : 0,
        tells ? mean * Math.exp(spread) : Double.POSITIVE_INFINITY,
        Intervals.LEVEL,
        true,
        "genealogy of " + masses.length + " particle systems");
  }

  /** Student's, families being what the variance is estimated from. */
  private static double quantile(double degreesOfFreedom) {
    return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - Intervals.LEVEL) / 2);
  }

  /** Kish's effective number of families, over all systems: families are independent. */
  public double effectiveSize() {
    double max = logMasses.stream().mapToDouble(m -> m).max().orElse(Double.NEGATIVE_INFINITY);
    double sum = 0;
    double squares = 0;
    for (int r = 0; r < families.size(); r++) {
      for (double share : families.get(r)) {
        double weight = share == 0 ? 0 : share * Math.exp(logMasses.get(r) - max);
        sum += weight;
        squares += weight * weight;
      }
    }
    return squares == 0 ? 0 : sum * sum / squares;
  }
}
