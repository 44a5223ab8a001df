package io.tailwalk.lab.masked;

import io.tailwalk.lab.Scale;
import java.util.List;

/**
 * The size of a run.
 *
 * @param lengths numbers of positions, ascending, at least two
 * @param tasks random tasks for each length, at least 2
 * @param draws draws of each sampler on the first task of each length, at least 2
 */
public record MaskedPlan(List<Integer> lengths, int tasks, int draws) {
  /** Lazy steps of a walk, for each square of the length. */
  static final int STEPS_PER_SQUARE = 4;

  /** Keeps a copy. */
  public MaskedPlan {
    lengths = List.copyOf(lengths);
  }

  static MaskedPlan of(Scale scale) {
    return scale.choose(
        new MaskedPlan(List.of(4, 5, 6, 7), 32, 100),
        new MaskedPlan(List.of(4, 5, 6, 7, 8), 64, 400));
  }

  /** The steps of a walk. */
  static int steps(int length) {
    return STEPS_PER_SQUARE * length * length;
  }
}
