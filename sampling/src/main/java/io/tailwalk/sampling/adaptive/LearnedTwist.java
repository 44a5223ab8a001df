package io.tailwalk.sampling.adaptive;

/**
 * A twist and what it is worth.
 *
 * @param twist the correction; {@link Twist#NONE} when none helps
 * @param varianceBefore variance of {@code log(S/V)} over expanded nodes without the twist
 * @param varianceAfter the same with the twist, on nodes left out of the fit
 */
record LearnedTwist(Twist twist, double varianceBefore, double varianceAfter) {
  /** Nothing is known yet. */
  static final LearnedTwist NOTHING = new LearnedTwist(Twist.NONE, Double.NaN, Double.NaN);

  boolean isUsed() {
    return !twist.equals(Twist.NONE);
  }

  /** Share of the variance that the twist leaves; 1 without one. */
  double left() {
    return isUsed() ? varianceAfter / varianceBefore : 1;
  }
}
