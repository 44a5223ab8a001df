package io.tailwalk.coverage.paired;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.statistics.Gaffke;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The interval of a ratio {@code R = E y / E x} over independent prompts, where {@code |y| <= x}: a
 * mean over rows of numbers in [-1, 1]. R is at most m if {@code z = y - m x} has a mean of at most
 * 0, and z lies between {@code -(1 + m) X} and {@code (1 - m) X} with X the largest prompt's size;
 * so the ends are the m at which Gaffke's lower or upper end of the mean of z is 0. Both fall with
 * m. If all prompts have one size it is Gaffke's interval of their means. Asymptotic.
 */
final class BoundedRatio {
  private static final int STEPS = 60;
  private static final double CLOSE = 1e-9;

  private BoundedRatio() {}

  /**
   * The interval.
   *
   * @param y sums by prompt
   * @param x sizes of the prompts, positive
   * @param delta error probability of both ends together
   */
  static Interval interval(double[] y, double[] x, double delta) {
    double largest = Arrays.stream(x).max().orElseThrow();
    if (Arrays.stream(x).allMatch(size -> size == largest)) {
      return Gaffke.interval(ratios(y, x), -1, 1, delta);
    }
    double ratio = Arrays.stream(y).sum() / Arrays.stream(x).sum();
    double low = root(m -> shifted(y, x, m, largest, delta).low(), -1, ratio);
    double high = root(m -> shifted(y, x, m, largest, delta).high(), ratio, 1);
    return Interval.asymptotic(low, high).within(-1, 1);
  }

  private static double[] ratios(double[] y, double[] x) {
    double[] ratios = new double[y.length];
    Arrays.setAll(ratios, g -> y[g] / x[g]);
    return ratios;
  }

  private static Interval shifted(double[] y, double[] x, double m, double largest, double delta) {
    double least = -(1 + m) * largest;
    double most = (1 - m) * largest;
    double[] z = new double[y.length];
    Arrays.setAll(z, g -> Math.clamp(y[g] - m * x[g], least, most));
    return Gaffke.interval(z, least, most, delta);
  }

  /**
   * The zero of a falling function, by regula falsi with the Illinois rule (Dowell and Jarratt
   * 1971, BIT 11); the outer side of the last bracket.
   */
  private static double root(DoubleUnaryOperator falling, double from, double to) {
    double a = from;
    double b = to;
    double atA = falling.applyAsDouble(a);
    double atB = falling.applyAsDouble(b);
    if (atA <= 0) {
      return a;
    }
    if (atB >= 0) {
      return b;
    }
    for (int step = 0; step < STEPS && b - a > CLOSE; step++) {
      double guess = (a * atB - b * atA) / (atB - atA);
      double at = falling.applyAsDouble(guess);
      if (Math.abs(at) <= CLOSE) {
        return guess;
      }
      if (at > 0) {
        a = guess;
        atA = at;
        atB /= 2;
      } else {
        b = guess;
        atB = at;
        atA /= 2;
      }
    }
    return (a + b) / 2;
  }
}
