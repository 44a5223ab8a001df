package io.tailwalk.lab.letter;

import io.tailwalk.lab.Scale;
import java.util.List;

/**
 * The size of the comparison by pairs of completions.
 *
 * @param pairs pairs at each alpha, for each constraint
 * @param tokens H
 * @param budget model tokens of a walk; also of action-level sampling, whose completions are
 *     independent, so that its first has the distribution of any other
 * @param alphas per-token pass probabilities that the value claims
 */
public record DuelPlan(int pairs, int tokens, int budget, List<Double> alphas) {
  /** Keeps a copy; refuses too few pairs for an interval. */
  public DuelPlan {
    if (pairs < 2 || tokens < 1 || budget < tokens) {
      throw new IllegalArgumentException(
          "a comparison needs at least 2 pairs and a budget of one completion, got "
              + pairs
              + " pairs of "
              + budget
              + " model tokens");
    }
    alphas = List.copyOf(alphas);
  }

  /**
   * The plan of a scale, with the paper's length and range of alpha; 21 pairs or more at every
   * alpha.
   */
  public static DuelPlan of(Scale scale) {
    return switch (scale) {
      case QUICK -> new DuelPlan(7, 32, 128, List.of(0.1, 0.3, 0.5));
      case FULL -> new DuelPlan(60, 32, 256, List.of(0.1, 0.3, 0.5));
    };
  }
}
