package io.tailwalk.coverage;

import java.util.Arrays;

/** The factors N of a profile: increasing, each at least 1. */
public final class NGrid {
  /** Number of even steps of the logarithm for each factor, see {@link #near}. */
  private static final int STEPS = 4;

  private final double[] factors;
  private final double[] thresholds;

  /**
   * For each of even steps from the first threshold to the last, how many thresholds are at or
   * below its start: where the search for a ratio's number begins.
   */
  private final int[] near;

  private final double stepsPerNat;

  private NGrid(double[] factors) {
    this.factors = factors;
    this.thresholds = Arrays.stream(factors).map(Math::log).toArray();
    double first = thresholds[0];
    double last = thresholds[thresholds.length - 1];
    this.near = new int[STEPS * thresholds.length];
    this.stepsPerNat = near.length / (last - first);
    for (int step = 0, k = 0; step < near.length; step++) {
      while (k < thresholds.length && (thresholds[k] - first) * stepsPerNat <= step) {
        k++;
      }
      near[step] = k;
    }
  }

  /**
   * The given factors, sorted, without duplicates.
   *
   * @throws CoverageException if there is none, or one is below 1, NaN or infinite
   */
  public static NGrid of(double... factors) {
    if (factors.length == 0) {
      throw new CoverageException("no N given; give at least one factor N >= 1");
    }
    for (double n : factors) {
      if (!(n >= 1.0) || Double.isInfinite(n)) {
        throw new CoverageException("N = " + n + " is not a finite factor >= 1");
      }
    }
    return new NGrid(Arrays.stream(factors).sorted().distinct().toArray());
  }

  /** Factors {@code 1, 2^(1/perDoubling), ..., 2^doublings}: even steps in log N. */
  public static NGrid logarithmic(int doublings, int perDoubling) {
    if (doublings < 1 || perDoubling < 1) {
      throw new CoverageException("grid of " + doublings + " doublings, " + perDoubling + " each");
    }
    double[] factors = new double[doublings * perDoubling + 1];
    for (int k = 0; k < factors.length; k++) {
      int whole = k / perDoubling;
      double part = Math.pow(2.0, (k % perDoubling) / (double) perDoubling);
      factors[k] = Math.scalb(part, whole);
    }
    return new NGrid(factors);
  }

  /** Number of factors. */
  public int size() {
    return factors.length;
  }

  /** The k-th factor. */
  public double n(int k) {
    return factors[k];
  }

  /** {@code log N} of the k-th factor, nats. */
  public double threshold(int k) {
    return thresholds[k];
  }

  /**
   * The number of factors that a ratio of probabilities reaches, 0 to {@link #size()}; ties as in
   * {@link LogRatio#reaches}.
   *
   * @throws CoverageException if one of the two is NaN
   */
  public int reached(double logNumerator, double logDenominator) {
    if (Double.isNaN(logNumerator) || Double.isNaN(logDenominator)) {
      throw new CoverageException("log ratio NaN; both log-probabilities must be numbers <= 0");
    }
    return atOrBelow(LogRatio.reach(logNumerator, logDenominator));
  }

  /**
   * The number of factors whose logarithm is at most the given number of nats, 0 to {@link
   * #size()}.
   *
   * @param nats not NaN
   */
  public int atOrBelow(double nats) {
    if (nats < thresholds[0]) {
      return 0;
    }
    if (nats >= thresholds[thresholds.length - 1]) {
      return thresholds.length;
    }
    // The step is off by one at most by rounding; the comparisons decide.
    int k = near[Math.min(near.length - 1, (int) ((nats - thresholds[0]) * stepsPerNat))];
    while (thresholds[k] <= nats) {
      k++;
    }
    while (thresholds[k - 1] > nats) {
      k--;
    }
    return k;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NGrid grid && Arrays.equals(factors, grid.factors);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(factors);
  }

  @Override
  public String toString() {
    return Arrays.toString(factors);
  }
}
