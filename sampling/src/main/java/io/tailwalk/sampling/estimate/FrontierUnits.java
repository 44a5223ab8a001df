package io.tailwalk.sampling.estimate;

import io.tailwalk.core.interval.Interval;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Draws from the frontier, one unit each, in the order in which they count. Unit t has {@code E[Y_t
 * | past] = Z}; it is averaged with weight {@code o_t} in proportion to {@code 1/R_t}, because
 * early draws, from a large frontier, are coarse.
 */
public final class FrontierUnits {
  /** Level of the asymptotic interval, so that together with its misses the total covers 95%. */
  private static final double LEVEL = 0.99;

  private static final int ENOUGH_DRAWS = 20;
  private static final double ENOUGH_EFFECTIVE = 10;
  private static final double ENOUGH_PLAIN = 5;

  /** Draws of each kind from which on they are post-stratified. */
  private static final int ENOUGH_OF_A_KIND = 5;

  private static final double EVEN_SHARE = 0.15;
  private static final double EVEN_LARGEST = 0.1;

  private int size;
  private double[] found = new double[64];
  private double[] logOpen = new double[64];
  private double[] excess = new double[64];
  private double[] plainOwn = new double[64];
  private boolean[] plain = new boolean[64];

  /** Whether a unit could have been plain or guided; without guided draws all are plain. */
  private boolean[] mixed = new boolean[64];

  /** No draws yet. */
  public FrontierUnits() {}

  /**
   * Adds a draw that could only be plain, because no guided probability was left. It belongs to no
   * stratum of the others.
   *
   * @param plainContribution as in {@link #add}
   */
  public void addPlain(
      double foundAtStart, double logOpenAtStart, double drawn, double plainContribution) {
    add(foundAtStart, logOpenAtStart, drawn, true, plainContribution);
    mixed[size - 1] = false;
  }

  /**
   * Adds a draw that is plain with the same probability as all others added by this method.
   *
   * @param foundAtStart {@code F}, the probability found when the draw began
   * @param logOpenAtStart {@code log R}, the frontier's probability when the draw began
   * @param drawn {@code Y - F}, what the draw adds in expectation
   * @param isPlain whether it followed the model
   * @param plainContribution {@code sum L(v)/x} along a plain draw: its contribution if all draws
   *     were plain; 0 for a guided one
   */
  public void add(
      double foundAtStart,
      double logOpenAtStart,
      double drawn,
      boolean isPlain,
      double plainContribution) {
    if (size == found.length) {
      found = Arrays.copyOf(found, 2 * size);
      logOpen = Arrays.copyOf(logOpen, 2 * size);
      excess = Arrays.copyOf(excess, 2 * size);
      plainOwn = Arrays.copyOf(plainOwn, 2 * size);
      plain = Arrays.copyOf(plain, 2 * size);
      mixed = Arrays.copyOf(mixed, 2 * size);
    }
    found[size] = foundAtStart;
    logOpen[size] = logOpenAtStart;
    excess[size] = drawn;
    plain[size] = isPlain;
    mixed[size] = true;
    plainOwn[size++] = plainContribution;
  }

  /** Units. */
  public int size() {
    return size;
  }

  /** Weights {@code o_t}, the largest 1. */
  public double[] weights() {
    double least = Arrays.stream(logOpen, 0, size).min().orElse(0);
    return IntStream.range(0, size).mapToDouble(t -> Math.exp(least - logOpen[t])).toArray();
  }

  /**
   * Weights of units after post-stratification: plain and guided draws count by their expected
   * shares, not by their random numbers.
   *
   * @param plainShare probability of a plain draw
   */
  public double[] stratified(double plainShare) {
    double[] weights = weights();
    double all = 0;
    double ofPlain = 0;
    for (int t = 0; t < size; t++) {
      all += mixed[t] ? weights[t] : 0;
      ofPlain += mixed[t] && plain[t] ? weights[t] : 0;
    }
    double factorPlain = ofPlain > 0 ? plainShare * all / ofPlain : 1;
    double factorGuided = all > ofPlain ? (1 - plainShare) * all / (all - ofPlain) : 1;
    if (ofPlain > 0 && ofPlain < all) {
      for (int t = 0; t < size; t++) {
        if (mixed[t]) {
          weights[t] *= plain[t] ? factorPlain : factorGuided;
        }
      }
    }
    return weights;
  }

  /** The estimate of Z, post-stratified; NaN without units. */
  public double value(double plainShare) {
    double[] weights = stratified(plainShare);
    double sum = 0;
    double total = 0;
    for (int t = 0; t < size; t++) {
      sum += weights[t] * (found[t] + excess[t]);
      total += weights[t];
    }
    return sum / total;
  }

  /** The contributions of units to F, times {@code o_t}. */
  private double[] weighted() {
    double[] weights = weights();
    return IntStream.range(0, size).mapToDouble(t -> weights[t] * excess[t]).toArray();
  }

  /**
   * Standard error of the mean weighted by {@code o_t}; NaN with fewer than two units, or if all
   * contributions are equal, which does not show their error.
   */
  public double standardError(double plainShare) {
    return Weights.standardError(withinStrata(plainShare)) / meanWeight();
  }

  private double meanWeight() {
    return Arrays.stream(weights()).average().orElse(1);
  }

  /** Effective size of the contributions of units. */
  public double effectiveSize() {
    return Weights.effectiveSize(weighted());
  }

  /** Effective size of the contributions of plain draws alone. */
  public double plainEffectiveSize() {
    return Weights.effectiveSize(Arrays.copyOf(plainOwn, size));
  }

  /** Share of the largest unit in the total contribution. */
  public double largestShare() {
    return Weights.largestShare(weighted());
  }

  /** Shape of the tail of the contributions, see {@link Weights#paretoShape}. */
  public double paretoShape() {
    return Weights.paretoShape(weighted());
  }

  /**
   * Whether there are enough units for their asymptotic interval: conditions G1 to G3 of
   * docs/intervals.md.
   */
  public boolean areEnough() {
    double effective = effectiveSize();
    boolean even = effective >= EVEN_SHARE * size && largestShare() < EVEN_LARGEST;
    return size >= ENOUGH_DRAWS
        && effective >= ENOUGH_EFFECTIVE
        && (plainEffectiveSize() >= ENOUGH_PLAIN || even);
  }

  /**
   * The contributions, times {@code o_t}, with the means of plain and guided draws equalised:
   * post-stratification removes the randomness of their numbers, which is therefore not an error of
   * its estimate.
   */
  private double[] withinStrata(double plainShare) {
    double[] weights = weights();
    double[] values = weighted();
    double[] sums = new double[2];
    double[] totals = new double[2];
    int[] counts = new int[2];
    for (int t = 0; t < size; t++) {
      if (mixed[t]) {
        int stratum = plain[t] ? 0 : 1;
        sums[stratum] += values[t];
        totals[stratum] += weights[t];
        counts[stratum]++;
      }
    }
    if (Math.min(counts[0], counts[1]) < ENOUGH_OF_A_KIND) {
      return values;
    }
    double[] means = {sums[0] / totals[0], sums[1] / totals[1]};
    double mean = plainShare * means[0] + (1 - plainShare) * means[1];
    for (int t = 0; t < size; t++) {
      values[t] += mixed[t] ? weights[t] * (mean - means[plain[t] ? 0 : 1]) : 0;
    }
    return values;
  }

  /** The asymptotic interval of Z at 99%. */
  Interval asymptotic(double plainShare) {
    double[] weights = weights();
    double foundMean = 0;
    double total = 0;
    for (int t = 0; t < size; t++) {
      foundMean += weights[t] * found[t];
      total += weights[t];
    }
    foundMean /= total;
    Interval rest = SkewedMean.interval(withinStrata(plainShare), LEVEL);
    double scale = total / size;
    return new Interval(
        foundMean + rest.low() / scale,
        rest.lowKind(),
        foundMean + rest.high() / scale,
        rest.highKind());
  }
}
