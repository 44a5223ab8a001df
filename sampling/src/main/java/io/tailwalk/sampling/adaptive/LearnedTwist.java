package io.tailwalk.sampling.adaptive;

/**
 * A twist and its benefit.
 *
 * @param twist the correction; {@link Twist#NONE} if none helps
 * @param varianceBefore variance of {@code log(S/V)} over expanded nodes without the twist
 * @param varianceAfter the same with the twist, on nodes held out from the fit
 */
record LearnedTwist(Twist twist, double varianceBefore, double varianceAfter) {
  /** No twist learnt yet. */
  static final LearnedTwist NOTHING = new LearnedTwist(Twist.NONE, Double.NaN, Double.NaN);

  boolean isUsed() {
    return !twist.equals(Twist.NONE);
  }

  /** Share of the variance that the twist leaves; 1 without one. */
  double left() {
    return isUsed() ? Math.min(1, varianceAfter / varianceBefore) : 1;
  }
}
