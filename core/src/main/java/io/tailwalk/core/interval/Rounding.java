package io.tailwalk.core.interval;

/**
 * How far computed numbers may be off, and how ends are rounded outwards for it, so that an end
 * holds the exact number in whatever order sums were taken. The error allowed is relative, and
 * absolute where a double has hardly any digits left, below {@code 1e-300}.
 */
public final class Rounding {
  /** Relative error of sums over a vocabulary along a path, with room to spare. */
  public static final double RELATIVE = 1e-10;

  /**
   * What a token of a path adds to it. The log of a path's probability is a running sum, and each
   * token rounds it a few times by {@code 1.2e-13} at most: beyond a size of 2,048 neither the
   * probability nor its product with a reward is a double above zero.
   */
  private static final double OF_A_TOKEN = 5e-13;

  /** Of results that are multiples of {@link Double#MIN_VALUE}: a rounding of each of two. */
  private static final double OF_THE_SMALLEST = 2 * Double.MIN_VALUE;

  private Rounding() {}

  /**
   * The relative error of masses and rewards summed over paths: {@link #RELATIVE} up to 200 tokens,
   * from there on in proportion to them.
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
