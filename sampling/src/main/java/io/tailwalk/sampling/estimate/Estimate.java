package io.tailwalk.sampling.estimate;

/**
 * A number with its uncertainty.
 *
 * @param value the point estimate
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param level nominal coverage of the interval, for example 0.95
 * @param unbiased whether the estimate's expectation is the truth at this budget
 * @param method how it was made, in a few words
 */
public record Estimate(
    double value, double low, double high, double level, boolean unbiased, String method) {

  /**
   * The same where the truth is known not to be above a bound: what lies above it is moved there,
   * which leaves the interval's coverage as it is. An estimate that had to be moved is nearer to
   * the truth for it, and no longer unbiased.
   */
  public Estimate atMost(double bound) {
    return new Estimate(
        Math.min(value, bound),
        Math.min(low, bound),
        Math.min(high, bound),
        level,
        unbiased && value <= bound,
        method);
  }

  /** The same estimate where nothing can be said against larger values. */
  public Estimate withoutUpperEnd() {
    return new Estimate(value, low, Double.POSITIVE_INFINITY, level, unbiased, method);
  }
}
