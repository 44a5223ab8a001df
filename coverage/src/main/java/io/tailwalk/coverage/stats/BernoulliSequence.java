package io.tailwalk.coverage.stats;

import io.tailwalk.core.interval.Interval;
import org.apache.commons.numbers.gamma.LogBeta;

/**
 * A confidence sequence for a Bernoulli probability: the intervals hold at all sample sizes at
 * once. The p with {@code log B(s + 1/2, f + 1/2) - log B(1/2, 1/2) - s log p - f log(1 - p) <
 * log(1/delta)}: the Beta(1/2, 1/2) mixture of likelihood ratios is a martingale at the true p
 * (Robbins 1970; Howard, Ramdas, McAuliffe and Sekhon 2021, Annals of Statistics 49).
 */
public final class BernoulliSequence {
  private static final int BISECTIONS = 60;

  private BernoulliSequence() {}

  /**
   * The interval after s successes and f failures.
   *
   * @param delta probability that the truth is ever outside
   */
  public static Interval interval(long successes, long failures, double delta) {
    Levels.requireDelta(delta);
    double budget =
        Math.log(1 / delta)
            - LogBeta.value(successes + 0.5, failures + 0.5)
            + LogBeta.value(0.5, 0.5);
    double centre = successes + failures == 0 ? 0.5 : successes / (double) (successes + failures);
    return Interval.guaranteed(
            successes == 0 ? 0.0 : boundary(successes, failures, budget, centre, 0.0),
            failures == 0 ? 1.0 : boundary(successes, failures, budget, centre, 1.0))
        .within(0, 1);
  }

  /** Between the centre, inside, and an end of [0, 1], outside: the last p outside. */
  private static double boundary(
      long successes, long failures, double budget, double centre, double end) {
    double inside = centre;
    double outside = end;
    for (int step = 0; step < BISECTIONS; step++) {
      double p = (inside + outside) / 2;
      double surprise = -times(successes, Math.log(p)) - times(failures, Math.log1p(-p));
      if (surprise < budget) {
        inside = p;
      } else {
        outside = p;
      }
    }
    return outside;
  }

  private static double times(long count, double log) {
    return count == 0 ? 0.0 : (double) count * log;
  }
}
