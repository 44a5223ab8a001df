package io.tailwalk.lab.codetests;

import io.tailwalk.lab.Scale;

/**
 * The size of a run.
 *
 * @param repeats independent runs of each sampler, at least 2
 * @param budget model tokens of a run
 * @param reference model tokens of the weighted descents that estimate the target
 */
public record CodePlan(int repeats, int budget, int reference) {
  /** Refuses sizes out of range. */
  public CodePlan {
    if (repeats < 2 || budget < 1 || reference < 1) {
      throw new IllegalArgumentException(
          "--repeats must be at least 2 and all other sizes positive, got repeats=" + repeats);
    }
  }

  /** The plan of a scale: some minutes, or half an hour. */
  public static CodePlan of(Scale scale) {
    return scale.choose(new CodePlan(6, 384, 4000), new CodePlan(8, 768, 12_000));
  }

  /** The plan with another number of runs. */
  public CodePlan withRepeats(int other) {
    return new CodePlan(other, budget, reference);
  }
}
