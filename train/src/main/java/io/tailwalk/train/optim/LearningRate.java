package io.tailwalk.train.optim;

import ai.djl.training.tracker.Tracker;
import io.tailwalk.values.LearningException;

/**
 * A learning rate that rises linearly from zero to its peak over the first steps and then stays, or
 * falls along half a cosine to its floor.
 *
 * @param peak the rate after warm-up, above 0
 * @param warmUp steps of warm-up; 0 for none
 * @param steps the step at which the floor is reached; 0 for a rate that stays at its peak
 * @param floor the rate from then on, at least 0; not used when {@code steps} is 0
 */
public record LearningRate(double peak, long warmUp, long steps, double floor) implements Tracker {

  /** Refuses invalid rates. */
  public LearningRate {
    if (!(peak > 0 && Double.isFinite(peak))) {
      throw new LearningException("the learning rate must be above 0, got " + peak);
    }
    if (warmUp < 0 || steps < 0 || (steps > 0 && steps <= warmUp)) {
      throw new LearningException(
          "the learning rate needs 0 <= warm_up < steps, got warm_up "
              + warmUp
              + " and steps "
              + steps);
    }
    if (!(floor >= 0 && floor <= peak)) {
      throw new LearningException(
          "the learning rate's floor must lie between 0 and its peak, got " + floor);
    }
  }

  /** The same rate at every step. */
  public static LearningRate fixed(double rate) {
    return new LearningRate(rate, 0, 0, 0);
  }

  /** Warm-up, then half a cosine down to the floor at the last step. */
  public static LearningRate cosine(double peak, long warmUp, long steps, double floor) {
    if (steps < 1) {
      throw new LearningException("a cosine schedule needs at least 1 step, got " + steps);
    }
    return new LearningRate(peak, warmUp, steps, floor);
  }

  /** The same rate after a warm-up. */
  public static LearningRate warmUp(double peak, long warmUp) {
    return new LearningRate(peak, warmUp, 0, 0);
  }

  /**
   * The rate of a step.
   *
   * @param step counted from 1
   */
  public double at(long step) {
    if (step <= warmUp) {
      return peak * step / warmUp;
    }
    if (steps == 0) {
      return peak;
    }
    if (step >= steps) {
      return floor;
    }
    double done = (double) (step - warmUp) / (steps - warmUp);
    return floor + (peak - floor) * 0.5 * (1 + Math.cos(Math.PI * done));
  }

  @Override
  public float getNewValue(int numUpdate) {
    return (float) at(numUpdate);
  }
}
