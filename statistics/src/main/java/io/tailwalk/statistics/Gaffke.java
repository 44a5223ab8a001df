package io.tailwalk.statistics;

import io.tailwalk.core.interval.Interval;
import java.util.Arrays;

/**
 * Gaffke's interval for the mean of independent, identically distributed values in a known range,
 * here [0, 1]. Let {@code s_0, ..., s_n} be the spacings of n uniform points, that is Dirichlet(1,
 * ..., 1). The upper end at level {@code 1 - alpha} is the {@code 1 - alpha} quantile of {@code D =
 * sum_j s_j x_j} over the n values and an additional value 1; the lower end is the {@code alpha}
 * quantile with an additional value 0; {@code alpha} is half of delta. Since {@code s_j = E_j / sum
 * E} with exponential E, {@code P(D <= t) = P(sum_j E_j (x_j - t) <= 0)}, which {@link
 * SignedExponentials} computes exactly, without sampling.
 *
 * <p>Known results (Gaffke 2005, "Three test statistics for a nonparametric one-sided hypothesis on
 * the mean of a nonnegative variable"; Learned-Miller and Thomas 2019, arXiv 1905.06208): for n = 1
 * it is Markov's inequality; on values that are 0 or 1 it is Clopper and Pearson's interval; for
 * general values its coverage is conjectured: no counterexample is known, and there is no proof.
 * Similar intervals with a proof are wider (Phan, Thomas and Learned-Miller 2021, arXiv
 * 2106.03163). Its ends are therefore called asymptotic, and certain if they reach the range.
 * {@link BettingInterval} has a proof. If values are known beforehand to be 0 or 1, {@link
 * ClopperPearson} gives the same ends as guaranteed ones.
 *
 * <p>Time grows as {@code n^1.5}: a millisecond for hundreds of values, a second for ten thousand;
 * for more the betting interval, which by then is not much wider, is returned.
 *
 * <p>The width is never zero: with all n values at c the upper end is {@code c + (1 - c)(1 -
 * alpha^(1/n))}.
 */
public final class Gaffke {
  private static final int MOST_VALUES = 10_000;
  private static final int STEPS = 60;

  /** Tolerance of the ends, relative to the range of the points. */
  private static final double TOLERANCE = 1e-15;

  /** Relative tolerance of a level. */
  private static final double CLOSE = 1e-13;

  private Gaffke() {}

  /**
   * The interval for the mean of values in [0, 1]; without values [0, 1].
   *
   * @param delta error probability of both ends together, in (0, 1)
   * @throws IllegalArgumentException if a value lies outside [0, 1]
   */
  public static Interval interval(double[] values, double delta) {
    return interval(values, 0, 1, delta);
  }

  /**
   * The interval for the mean of values in a range.
   *
   * @param least the smallest possible value, known before the values
   * @param most the largest possible value
   * @param delta error probability of both ends together, in (0, 1)
   * @throws IllegalArgumentException if a value lies outside the range
   */
  public static Interval interval(double[] values, double least, double most, double delta) {
    BettingInterval.requireRange(values, least, most, delta);
    if (values.length == 0) {
      return Interval.certain(least, most);
    }
    if (values.length > MOST_VALUES) {
      return BettingInterval.interval(values, least, most, delta);
    }
    double[] scaled = new double[values.length];
    Arrays.setAll(scaled, i -> Math.clamp((values[i] - least) / (most - least), 0.0, 1.0));
    double mean = Arrays.stream(scaled).average().orElseThrow();
    double low = Math.min(mean, quantile(scaled, 0, delta / 2));
    double high = Math.max(mean, quantile(scaled, 1, 1 - delta / 2));
    return Interval.asymptotic(least + (most - least) * low, least + (most - least) * high)
        .within(least, most);
  }

  /** The quantile of {@code sum_j s_j x_j} over the values and the given end of the range. */
  private static double quantile(double[] values, double end, double level) {
    double[] points = Arrays.copyOf(values, values.length + 1);
    points[values.length] = end;
    Arrays.sort(points);
    return points[0] == points[values.length] ? end : root(points, level);
  }

  /**
   * The point where the distribution function of D reaches the level, by Ridders' method (1979,
   * IEEE Transactions on Circuits and Systems 26): each step halves the bracket at least.
   */
  private static double root(double[] points, double level) {
    double a = points[0];
    double b = points[points.length - 1];
    double atA = -level;
    double atB = 1 - level;
    double tolerance = TOLERANCE * (b - a);
    for (int step = 0; step < STEPS && b - a > tolerance; step++) {
      double middle = (a + b) / 2;
      double atMiddle = SignedExponentials.atMostZero(points, middle) - level;
      double bend = Math.sqrt(atMiddle * atMiddle - atA * atB);
      double guess = middle - (middle - a) * atMiddle / bend;
      double atGuess = SignedExponentials.atMostZero(points, guess) - level;
      if (Math.abs(atGuess) < CLOSE * level) {
        return guess;
      }
      double first = Math.min(middle, guess);
      double second = Math.max(middle, guess);
      double atFirst = guess < middle ? atGuess : atMiddle;
      double atSecond = guess < middle ? atMiddle : atGuess;
      if (atFirst > 0) {
        b = first;
        atB = atFirst;
      } else if (atSecond > 0) {
        a = first;
        atA = atFirst;
        b = second;
        atB = atSecond;
      } else {
        a = second;
        atA = atSecond;
      }
    }
    return (a + b) / 2;
  }
}
