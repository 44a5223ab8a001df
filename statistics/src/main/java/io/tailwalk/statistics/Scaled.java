package io.tailwalk.statistics;

import java.util.Arrays;

/**
 * Numbers scaled to near 1, so that their squares, cubes and inverses are doubles too. They are
 * divided by a power of two, which loses no digits; numbers that are already near 1 are unchanged.
 */
public final class Scaled {
  /** Sizes between {@code 2^-FAR} and {@code 2^FAR} are near enough. */
  private static final int FAR = 200;

  private final double[] values;
  private final int exponent;

  private Scaled(double[] values, int exponent) {
    this.values = values;
    this.exponent = exponent;
  }

  /** In units of the largest absolute value; numbers that are all zero are unchanged. */
  public static Scaled of(double... numbers) {
    double largest = Arrays.stream(numbers).map(Math::abs).max().orElse(0);
    int exponent = Math.getExponent(largest);
    if (largest == 0 || Math.abs(exponent) <= FAR || !Double.isFinite(largest)) {
      return new Scaled(numbers.clone(), 0);
    }
    return new Scaled(
        Arrays.stream(numbers).map(number -> Math.scalb(number, -exponent)).toArray(), exponent);
  }

  /** The numbers divided by {@code 2^exponent}. */
  public double[] values() {
    return values.clone();
  }

  /** Exponent of the unit. */
  public int exponent() {
    return exponent;
  }

  /**
   * Converts a number in these units, such as a mean or a deviation, back to the original scale.
   */
  public double back(double number) {
    return Math.scalb(number, exponent);
  }
}
