package io.tailwalk.lab.letter;

import io.tailwalk.lab.Scale;
import java.util.List;

/**
 * How much is run.
 *
 * @param prompts how many of the four prompts are used, from the first on
 * @param repeats independent runs of each sampler on each prompt
 * @param budget model tokens of a run
 * @param draws completions that a run returns, each scored by the judge
 * @param alphas per-token pass probabilities that the value claims
 */
public record LetterPlan(int prompts, int repeats, int budget, int draws, List<Double> alphas) {
  /** Keeps a copy; refuses too few repeats for an interval. */
  public LetterPlan {
    if (repeats < 2) {
      throw new IllegalArgumentException("--repeats must be at least 2, got " + repeats);
    }
    if (prompts < 1 || prompts > LetterTask.PROMPTS.size() || budget < 1 || draws < 1) {
      throw new IllegalArgumentException(
          "prompts must lie in 1.." + LetterTask.PROMPTS.size() + ", budget and draws be positive");
    }
    alphas = List.copyOf(alphas);
  }

  /** The same with another number of repeats. */
  public LetterPlan withRepeats(int other) {
    return new LetterPlan(prompts, other, budget, draws, alphas);
  }

  /** The paper's range of alpha, or its ends and middle. */
  public static LetterPlan of(Scale scale) {
    return switch (scale) {
      case QUICK -> new LetterPlan(2, 5, 384, 4, List.of(0.1, 0.3, 0.5));
      case FULL -> new LetterPlan(4, 10, 2048, 8, List.of(0.1, 0.2, 0.3, 0.4, 0.5));
    };
  }
}
