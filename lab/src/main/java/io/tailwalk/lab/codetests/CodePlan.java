package io.tailwalk.lab.codetests;

import io.tailwalk.lab.Scale;

/**
 * The size of a run.
 *
 * @param repeats independent runs of each sampler, at least 2
 * @param budget model tokens of a run for one function
 * @param reference model tokens of the weighted descents that estimate the target of a function
 * @param rivals whether momentum, particles and auto run beside the two that are compared
 */
public record CodePlan(int repeats, int budget, int reference, boolean rivals) {
  /** Refuses sizes out of range. */
  public CodePlan {
    if (repeats < 2 || budget < 1 || reference < 1) {
      throw new IllegalArgumentException(
          "--repeats must be at least 2 and all other sizes positive, got repeats=" + repeats);
    }
  }

  /** The plan of a scale: some minutes, or half an hour. */
  public static CodePlan of(Scale scale) {
    return scale.choose(new CodePlan(4, 1536, 4000, false), new CodePlan(4, 1536, 8000, true));
  }

  /** The plan with another number of runs. */
  public CodePlan withRepeats(int other) {
    return new CodePlan(other, budget, reference, rivals);
  }
}
