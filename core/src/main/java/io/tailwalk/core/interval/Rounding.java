package io.tailwalk.core.interval;

/**
 * Error bounds of computed numbers, and the outward rounding of ends by these bounds, so that an
 * interval contains the exact number for any order of summation. The error bound is relative, and
 * absolute below {@code 1e-300}, where a double has few digits left.
 */
public final class Rounding {
  /** Relative error of sums over a vocabulary along a path, with a safety margin. */
  public static final double RELATIVE = 1e-10;

  /**
   * The error that each token of a path adds. The log of a path's probability is a running sum, and
   * each token rounds it a few times by {@code 1.2e-13} at most: beyond a size of 2,048 neither the
   * probability nor its product with a reward is a double above zero.
   */
  private static final double OF_A_TOKEN = 5e-13;

  /**
   * Error of results that are multiples of {@link Double#MIN_VALUE}: one rounding for each of two.
   */
  private static final double OF_THE_SMALLEST = 2 * Double.MIN_VALUE;

  private Rounding() {}

  /**
   * The relative error of probabilities and rewards summed over paths: {@link #RELATIVE} up to 200
   * tokens, and in proportion to the length beyond.
   *
   * @param tokens of the longest path
   */
  public static double relative(int tokens) {
    return Math.max(RELATIVE, OF_A_TOKEN * tokens);
  }

  /** A lower end of a number that is not negative, given its computed value and relative error. */
  public static double down(double value, double relative) {
    return Math.max(0, value * (1 - relative) - OF_THE_SMALLEST);
  }

  /** An upper end of a number that is not negative, given its computed value and relative error. */
  public static double up(double value, double relative) {
    return value * (1 + relative) + OF_THE_SMALLEST;
  }
}
