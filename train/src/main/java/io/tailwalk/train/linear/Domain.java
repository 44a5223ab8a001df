package io.tailwalk.train.linear;

import java.util.Arrays;

/**
 * The convex set Theta: a product of Euclidean balls, one for each block of neighbouring
 * coordinates. One block is the paper's ball; blocks of one coordinate make a box.
 */
public final class Domain {
  private final int[] ends;
  private final double radius;

  private Domain(int[] ends, double radius) {
    if (ends.length == 0 || !(radius > 0) || Double.isInfinite(radius)) {
      throw new IllegalArgumentException(
          "a domain needs a coordinate and a finite radius above 0, got " + radius);
    }
    this.ends = ends;
    this.radius = radius;
  }

  /** One ball around 0. */
  public static Domain ball(int dimension, double radius) {
    return blocks(radius, dimension);
  }

  /** {@code [-radius, radius]} in every coordinate. */
  public static Domain box(int dimension, double radius) {
    int[] sizes = new int[dimension];
    Arrays.fill(sizes, 1);
    return blocks(radius, sizes);
  }

  /** A product of balls of one radius over blocks of the given sizes, each at least 1. */
  public static Domain blocks(double radius, int... sizes) {
    int[] ends = sizes.clone();
    for (int i = 0; i < ends.length; i++) {
      if (sizes[i] < 1) {
        throw new IllegalArgumentException("a block of " + sizes[i] + " coordinates");
      }
      ends[i] += i == 0 ? 0 : ends[i - 1];
    }
    return new Domain(ends, radius);
  }

  /** Number of coordinates. */
  public int dimension() {
    return ends[ends.length - 1];
  }

  /** Moves a point to the nearest one inside, in place. */
  void project(double[] theta) {
    int from = 0;
    for (int to : ends) {
      double norm = norm(theta, from, to);
      if (norm > radius) {
        for (int i = from; i < to; i++) {
          theta[i] *= radius / norm;
        }
      }
      from = to;
    }
  }

  /** Whether a point lies inside, up to rounding. */
  public boolean contains(double[] theta) {
    if (theta.length != dimension()) {
      return false;
    }
    int from = 0;
    for (int to : ends) {
      if (!(norm(theta, from, to) <= radius * (1 + 1e-12))) {
        return false;
      }
      from = to;
    }
    return true;
  }

  /**
   * {@code max over z inside of <gradient, z - theta>}: for a concave function an upper bound of
   * the possible gain (the gap of Frank and Wolfe).
   */
  double gap(double[] theta, double[] gradient) {
    double gap = 0;
    int from = 0;
    for (int to : ends) {
      gap += radius * norm(gradient, from, to);
      from = to;
    }
    for (int i = 0; i < theta.length; i++) {
      gap -= gradient[i] * theta[i];
    }
    return gap;
  }

  static double norm(double[] a) {
    return norm(a, 0, a.length);
  }

  private static double norm(double[] a, int from, int to) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += a[i] * a[i];
    }
    return Math.sqrt(squares);
  }
}
