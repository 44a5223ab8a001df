package io.tailwalk.coverage.stats;

import io.tailwalk.coverage.CoverageException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.LongToDoubleFunction;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * The ranks of an empirical quantile and of its confidence interval among n sorted rows, smallest
 * first, for any distribution, also one with atoms. The quantile is {@code Q(epsilon) = sup {t :
 * P(X <= t) <= epsilon}}; then {@code P(X < Q) <= epsilon <= P(X <= Q)}.
 *
 * <ul>
 *   <li>Value: rank {@code floor(epsilon n) + 1}, the same formula for the empirical distribution.
 *   <li>Low end: the l-th row is above Q only if at most {@code l - 1} rows are at most Q. The rank
 *       is the largest l for which that has probability at most {@code delta / 2}; 0, no row, if
 *       there is none. With independent rows the number of rows at most Q is binomial, with a
 *       probability of at least epsilon: {@code P(Bin(n, epsilon) <= l - 1) <= delta / 2}.
 *   <li>High end: the u-th row is below Q only if at least u rows are: {@code P(Bin(n, epsilon) >=
 *       u) <= delta / 2}, the smallest such u, or {@code n + 1} if there is none.
 * </ul>
 *
 * <p>The interval between order statistics is classical (Thompson 1936, Annals of Mathematical
 * Statistics 7; for distributions with atoms Scheffe and Tukey 1945, Annals of Mathematical
 * Statistics 16; David and Nagaraja, Order Statistics, 3rd ed., section 7.1). The texts were not
 * read; the two lines above prove the interval.
 *
 * <p>Rows clustered by prompt: prompts independent and identically distributed, any dependence
 * within a prompt, all rows of a prompt with the same distribution, sizes that do not depend on the
 * values. Two bounds hold, and the tighter is used; which one it is depends on the sizes alone.
 *
 * <ul>
 *   <li>One row of each prompt: those are independent, and if at most c rows of all are at most Q,
 *       then at most c of those are. So both binomial bounds hold with the number of prompts in
 *       place of n, counted from the near end of the sorted rows. Best where few rows are counted.
 *   <li>All rows, by layers (the r-th row of every prompt that has one): {@link LayerBound} with
 *       {@code E(Bin(m, p) / m - a)+}, p = epsilon for the high end and {@code 1 - epsilon} for the
 *       low one. With equal sizes and many prompts, unknown dependence costs a factor of about e in
 *       delta against a binomial of as many rows as there are prompts.
 * </ul>
 *
 * <p>The argument for clustered rows is ours; {@code QuantileIntervalTest} searches for
 * distributions that violate it. The interval says nothing of other quantiles at the same time.
 *
 * @param epsilon share of the rows, in (0, 1)
 * @param rows number of rows n, at least 1
 * @param low rank of the low end, 1 to n; 0 if no row is a valid low end
 * @param value rank of the empirical quantile, 1 to n
 * @param high rank of the high end, 1 to n; {@code n + 1} if no row is a valid high end
 */
public record QuantileRanks(double epsilon, long rows, long low, long value, long high) {
  /** Refuses shares outside (0, 1) and ranks out of order. */
  public QuantileRanks {
    requireShare(epsilon);
    if (!(0 <= low && low <= value && value <= high && high <= rows + 1)
        || value < 1
        || value > rows) {
      throw new IllegalArgumentException(
          "ranks " + low + ", " + value + ", " + high + " of " + rows + " rows");
    }
  }

  /**
   * The share itself.
   *
   * @throws CoverageException unless it lies strictly between 0 and 1
   */
  public static double requireShare(double epsilon) {
    if (!(epsilon > 0 && epsilon < 1)) {
      throw new CoverageException(
          "epsilon = " + epsilon + "; a quantile needs a share strictly between 0 and 1");
    }
    return epsilon;
  }

  /**
   * The ranks for rows of the given sizes.
   *
   * @param epsilon share of the rows, in (0, 1)
   * @param sizes rows of each prompt; at least one row
   * @param delta probability that the interval misses the quantile, at most, in (0, 1)
   * @throws CoverageException if a number is out of its range
   */
  public static QuantileRanks of(double epsilon, PromptSizes sizes, double delta) {
    requireShare(epsilon);
    double side = Levels.requireDelta(delta) / 2;
    long rows = sizes.rows();
    if (rows == 0) {
      throw new CoverageException("no rows; a quantile needs at least one");
    }
    long prompts = sizes.prompts();
    long low = 1 + mostWithin(side, c -> atMost(c, prompts, epsilon), prompts);
    long high = rows - mostWithin(side, c -> atMost(c, prompts, 1 - epsilon), prompts);
    if (!sizes.rowsAreIndependent()) {
      long[] layers = sizes.layers();
      low = Math.max(low, rows - reached(layers, rows, 1 - epsilon, side) + 1);
      high = Math.min(high, reached(layers, rows, epsilon, side));
    }
    long value = valueRank(epsilon, rows);
    return new QuantileRanks(epsilon, rows, Math.min(low, value), value, Math.max(high, value));
  }

  /** The share is taken as its shortest decimal, so that 0.29 of 100 rows are 29. */
  private static long valueRank(double epsilon, long rows) {
    return new BigDecimal(Double.toString(epsilon))
            .multiply(BigDecimal.valueOf(rows))
            .setScale(0, RoundingMode.FLOOR)
            .longValueExact()
        + 1;
  }

  /**
   * The number of independent rows from which on some row is a valid low end: the least n with
   * {@code (1 - epsilon)^n <= delta / 2}.
   */
  public static double rowsForLowEnd(double epsilon, double delta) {
    double side = Levels.requireDelta(delta) / 2;
    return Math.ceil(Math.log(side) / Math.log1p(-requireShare(epsilon)));
  }

  /** The largest count c from 0 to n whose probability is at most side; -1 if there is none. */
  private static long mostWithin(double side, LongToDoubleFunction probability, long n) {
    long within = -1;
    long beyond = n;
    while (beyond - within > 1) {
      long middle = within + (beyond - within) / 2;
      if (probability.applyAsDouble(middle) <= side) {
        within = middle;
      } else {
        beyond = middle;
      }
    }
    return within;
  }

  /** {@code P(Bin(n, p) <= c)}. */
  private static double atMost(long c, long n, double p) {
    return c >= n ? 1 : RegularizedBeta.complement(p, c + 1.0, (double) (n - c));
  }

  /** A count of rows that is reached with probability at most side; at most n + 1. */
  private static long reached(long[] layers, long rows, double p, double side) {
    double share = LayerBound.of(layers, side, (m, a) -> excess(m, p, a));
    return share > 1 ? rows + 1 : (long) Math.ceil(share * rows);
  }

  /**
   * {@code E(Bin(m, p) / m - a)+ = p P(Bin(m - 1, p) >= j - 1) - a P(Bin(m, p) >= j)}, j the least
   * count above {@code m a}.
   */
  private static double excess(long m, double p, double a) {
    double j = Math.floor(a * m) + 1;
    if (j > m) {
      return 0;
    }
    double size = m;
    double fewer = j == 1 ? 1 : RegularizedBeta.value(p, j - 1, size - j + 1);
    return Math.max(0, p * fewer - a * RegularizedBeta.value(p, j, size - j + 1));
  }
}
