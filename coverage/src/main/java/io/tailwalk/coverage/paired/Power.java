package io.tailwalk.coverage.paired;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.stats.Levels;
import java.util.function.LongToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How large a study must be for the interval of a paired difference to exclude 0 with probability
 * {@value #POWER}, if the true difference is the estimate d.
 *
 * <p>With n prompts and a standard error s of d over them, a study of {@code n'} prompts in all has
 * the standard error {@code s sqrt(n/n')}. By the normal approximation its interval excludes 0 with
 * probability {@value #POWER} if {@code |d| = (z_(1-delta/2) + z_0.8) s sqrt(n/n')} (Miller 2024,
 * arXiv 2411.00640, section 5, for paired differences of evaluations; Chow, Shao and Wang 2008,
 * Sample Size Calculations in Clinical Research, section 3.1). Intervals that are valid for bounded
 * values at any sample size are wider: by {@code e}, measured on the side that faces 0 as
 * half-width minus {@code z_(1-delta/2) s}. For Gaffke's interval this is the weight 1/(n+1) of the
 * end of the range and a term of skewness, both of the order 1/n, so it is counted as {@code e
 * n/n'}:
 *
 * <p>{@code e r^2 + (z_(1-delta/2) + z_0.8) s r = |d|} with {@code r = sqrt(n/n')}.
 *
 * <p>The numbers are for a study of that size as a whole. If the prompts at hand are kept and
 * extended, the probability given their estimate is larger, because part of the study is then known
 * to agree with d (conditional power: Lachin 2005, Statistics in Medicine 24). They are as
 * uncertain as the estimate: estimates that were chosen because they are large make them too small.
 * An interval holds once; a study that is extended until its interval excludes 0 has another error
 * probability.
 */
public final class Power {
  /** Probability with which the interval is to exclude 0. */
  public static final double POWER = 0.8;

  private static final double MOST = 1e15;

  private Power() {}

  /**
   * Further prompts with as many samples each.
   *
   * @param estimate d
   * @param interval of the difference over the prompts; an open end counts as no wider than normal
   * @param standardError of d over the prompts
   * @param prompts n
   * @param delta error probability of the interval
   */
  public static Needed prompts(
      double estimate, Interval interval, double standardError, long prompts, double delta) {
    Levels.requireDelta(delta);
    if (!isKnown(estimate, standardError) || prompts < 2) {
      return new Needed.Unknown();
    }
    if (isSettled(interval)) {
      return Needed.settled();
    }
    double d = Math.abs(estimate);
    double e = excess(estimate, interval, standardError, delta);
    double b = factor(delta) * standardError;
    if (!(b + e > 0)) {
      return new Needed.Unknown();
    }
    // The positive root, in the form that does not cancel for small e.
    double r = 2 * d / (b + Math.sqrt(b * b + 4 * e * d));
    double more = prompts / (r * r) - prompts;
    return more < MOST
        ? new Needed.Further(Math.max(1, (long) Math.ceil(more)))
        : new Needed.Unknown();
  }

  /**
   * Further samples per prompt, in both runs, with the prompts as they are. Of the variance {@code
   * s^2} over prompts, a part W comes from the samples and shrinks as they grow; the other, {@code
   * B = s^2 - W(0)}, how the true differences of prompts vary, does not (Miller 2024, as above,
   * whose omega^2 and sigma^2/K are these parts). The prompts being fixed, the estimate varies by
   * {@code sqrt(W(a))} alone, but its interval is for the distribution of prompts, whose standard
   * error is {@code sqrt(B + W(a))}. Its half-width h is known now, and known for prompts that are
   * all alike; between the two its square is taken to be linear in the variance. The smallest a is
   * wanted with
   *
   * <p>{@code h(sqrt(B + W(a))) + z_0.8 sqrt(W(a)) <= |d|}.
   *
   * <p>If {@code h(sqrt(B))} reaches {@code |d|}, no number of samples is enough.
   *
   * @param estimate d
   * @param interval of the difference over the prompts
   * @param standardError of d over the prompts
   * @param within W(a): the variance of d that comes from the samples, with a further samples per
   *     prompt; decreasing to 0; NaN if unknown
   * @param least half-width of the interval if all prompts are alike
   * @param delta error probability of the interval
   */
  public static Needed samples(
      double estimate,
      Interval interval,
      double standardError,
      LongToDoubleFunction within,
      double least,
      double delta) {
    Levels.requireDelta(delta);
    if (!isKnown(estimate, standardError)) {
      return new Needed.Unknown();
    }
    if (isSettled(interval)) {
      return Needed.settled();
    }
    double now = within.applyAsDouble(0);
    if (Double.isNaN(now)) {
      return new Needed.Unknown();
    }
    double room = Math.abs(estimate);
    double half = Math.max(least, half(estimate, interval));
    double slope = standardError > 0 ? Math.sqrt(half * half - least * least) / standardError : 0;
    double between = Math.max(0, standardError * standardError - now);
    double agreement = quantile(POWER);
    LongToDoubleFunction taken =
        more -> {
          double part = within.applyAsDouble(more);
          return Math.hypot(least, slope * Math.sqrt(between + part)) + agreement * Math.sqrt(part);
        };
    if (!(Math.hypot(least, slope * Math.sqrt(between)) < room)) {
      return new Needed.OutOfReach();
    }
    long high = 1;
    while (taken.applyAsDouble(high) > room) {
      high *= 2;
      if (high > MOST) {
        return new Needed.OutOfReach();
      }
    }
    long low = high / 2;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (taken.applyAsDouble(middle) > room) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new Needed.Further(high);
  }

  private static boolean isKnown(double estimate, double standardError) {
    return Double.isFinite(estimate) && estimate != 0 && Double.isFinite(standardError);
  }

  private static boolean isSettled(Interval interval) {
    return interval.low() > 0 || interval.high() < 0;
  }

  private static double factor(double delta) {
    return quantile(1 - delta / 2) + quantile(POWER);
  }

  private static double excess(double estimate, Interval interval, double error, double delta) {
    double half = half(estimate, interval);
    return Double.isFinite(half) ? Math.max(0, half - quantile(1 - delta / 2) * error) : 0;
  }

  /** The half-width on the side that faces 0. */
  private static double half(double estimate, Interval interval) {
    return estimate > 0 ? estimate - interval.low() : interval.high() - estimate;
  }

  private static double quantile(double level) {
    return NormalDistribution.of(0, 1).inverseCumulativeProbability(level);
  }
}
