package io.tailwalk.lab.letter;

import io.tailwalk.lab.Scale;
import java.util.List;

/**
 * The size of the comparison by pairs of completions.
 *
 * @param pairs pairs at each alpha under the paper's constraint
 * @param others pairs at each alpha under each of the other constraints
 * @param tokens H
 * @param budget model tokens of a walk; also of action-level sampling, whose completions are
 *     independent, so that its first has the distribution of any other
 * @param alphas per-token pass probabilities that the value claims
 */
public record DuelPlan(int pairs, int others, int tokens, int budget, List<Double> alphas) {
  /** Keeps a copy; refuses too few pairs for an interval. */
  public DuelPlan {
    if (pairs < 2 || others < 2 || tokens < 1 || budget < tokens) {
      throw new IllegalArgumentException(
          "a comparison needs at least 2 pairs and a budget of one completion, got "
              + pairs
              + " and "
              + others
              + " pairs of "
              + budget
              + " model tokens");
    }
    alphas = List.copyOf(alphas);
  }

  /** Pairs at each alpha under a constraint. */
  int pairsOf(Constraint constraint) {
    return constraint.isPapers() ? pairs : others;
  }

  /** Pairs of all constraints and alphas. */
  int total() {
    return Constraint.ALL.stream().mapToInt(this::pairsOf).sum() * alphas.size();
  }

  /** The plan of a scale, with the paper's length and range of alpha. */
  public static DuelPlan of(Scale scale) {
    return switch (scale) {
      case QUICK -> new DuelPlan(40, 10, 32, 256, List.of(0.1, 0.3, 0.5));
      case FULL -> new DuelPlan(60, 20, 32, 384, List.of(0.1, 0.3, 0.5));
    };
  }
}
