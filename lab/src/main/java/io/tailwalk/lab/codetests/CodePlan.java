package io.tailwalk.lab.codetests;

import io.tailwalk.lab.Scale;

/**
 * How much is run.
 *
 * @param repeats independent runs of each sampler, at least 2
 * @param budget model tokens of a run
 * @param reference model tokens of the weighted descents that stand for the target
 */
public record CodePlan(int repeats, int budget, int reference) {
  /** Refuses sizes out of range. */
  public CodePlan {
    if (repeats < 2 || budget < 1 || reference < 1) {
      throw new IllegalArgumentException(
          "--repeats must be at least 2 and every other size positive, got repeats=" + repeats);
    }
  }

  /** Minutes, or half an hour. */
  public static CodePlan of(Scale scale) {
    return scale.choose(new CodePlan(6, 384, 4000), new CodePlan(8, 768, 12_000));
  }

  /** The same with another number of runs. */
  public CodePlan withRepeats(int other) {
    return new CodePlan(other, budget, reference);
  }
}
