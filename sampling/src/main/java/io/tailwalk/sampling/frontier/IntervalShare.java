package io.tailwalk.sampling.frontier;

/** The part of a budget that a sampler reserves for the interval of the success probability. */
public final class IntervalShare {
  /** Default of the samplers whose own draws give no upper bound. */
  public static final double DEFAULT = 0.25;

  private IntervalShare() {}

  /**
   * The checked share.
   *
   * @throws IllegalArgumentException unless it lies in [0, 1)
   */
  public static double require(double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("interval_share must lie in [0, 1), got " + share);
    }
    return share;
  }
}
