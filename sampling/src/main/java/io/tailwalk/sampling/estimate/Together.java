package io.tailwalk.sampling.estimate;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.statistics.BettingCapital;

/**
 * The success probability from two independent runs on one prompt, such as a walk and additional
 * plain draws. Certain ends of both hold; guaranteed ends are those of all units together;
 * asymptotic ends are the first run's, unless the second contradicts them.
 *
 * @param estimate from both
 * @param units of both
 * @param disagree whether the guaranteed interval of one run excludes the interval of the other:
 *     then one of them has missed, and only certain and guaranteed ends are quoted
 */
public record Together(Estimate estimate, BettingCapital units, boolean disagree) {

  /**
   * The distribution-free ends at an error probability different from the estimate's: for a mean
   * over many prompts each interval must have a small error probability.
   *
   * @param delta of both ends together
   */
  public Interval guaranteed(double delta) {
    return estimate.isExact()
        ? estimate.interval()
        : estimate.certain().meet(Evidence.rounded(units.at(delta).interval()));
  }

  /**
   * The joint estimate of two runs.
   *
   * @param walk the run whose asymptotic ends are used
   * @param plain draws of the model itself
   */
  public static Together of(Sampling walk, Sampling plain) {
    Estimate a = walk.successProbability();
    Estimate b = plain.successProbability();
    if (a.isExact()) {
      return new Together(a, walk.units().with(plain.units()), apart(b.guaranteed(), a.interval()));
    }
    boolean disagree = apart(b.guaranteed(), a.interval()) || apart(a.guaranteed(), b.interval());
    Interval certain = a.certain().meet(b.certain());
    BettingCapital units = walk.units().with(plain.units());
    Interval guaranteed = certain.meet(Evidence.rounded(units.interval()));
    double value = Math.clamp(value(a, b, disagree), guaranteed.low(), guaranteed.high());
    Interval interval = guaranteed;
    if (!disagree) {
      Interval sharper = asymptoticEnds(a.interval());
      boolean overlap = sharper.low() < guaranteed.high() && guaranteed.low() < sharper.high();
      interval = overlap && sharper.contains(value) ? guaranteed.meet(sharper) : guaranteed;
    }
    return new Together(
        new Estimate(
            value,
            standardError(a, b),
            interval,
            certain,
            guaranteed,
            Evidence.LEVEL,
            a.bias().with(b.bias()),
            a.method() + ", and plain draws"),
        units,
        disagree);
  }

  private static boolean apart(Interval a, Interval b) {
    return a.low() > b.high() || b.low() > a.high();
  }

  /** The asymptotic ends alone; the others are opened. */
  private static Interval asymptoticEnds(Interval interval) {
    boolean low = interval.lowKind() == EndKind.ASYMPTOTIC;
    boolean high = interval.highKind() == EndKind.ASYMPTOTIC;
    return new Interval(
        low ? interval.low() : 0,
        low ? EndKind.ASYMPTOTIC : EndKind.OPEN,
        high ? interval.high() : Double.POSITIVE_INFINITY,
        high ? EndKind.ASYMPTOTIC : EndKind.OPEN);
  }

  /** The mean weighted by precision if both have a reliable standard error; otherwise the first. */
  private static double value(Estimate a, Estimate b, boolean disagree) {
    boolean both =
        !disagree
            && a.interval().highKind() == EndKind.ASYMPTOTIC
            && b.interval().highKind() == EndKind.ASYMPTOTIC;
    if (!both || !(a.standardError() > 0 && b.standardError() > 0)) {
      return a.value();
    }
    boolean sharperIsA = a.standardError() <= b.standardError();
    Estimate sharper = sharperIsA ? a : b;
    Estimate other = sharperIsA ? b : a;
    double ratio = sharper.standardError() / other.standardError();
    double share = ratio * ratio / (1 + ratio * ratio);
    return (1 - share) * sharper.value() + share * other.value();
  }

  private static double standardError(Estimate a, Estimate b) {
    return a.standardError() > 0 && b.standardError() > 0
        ? Math.min(a.standardError(), b.standardError())
        : a.standardError();
  }
}
