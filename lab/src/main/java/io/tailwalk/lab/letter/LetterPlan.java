package io.tailwalk.lab.letter;

import io.tailwalk.lab.Scale;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The size of a run.
 *
 * @param prompts number of the four prompts to use, from the first on
 * @param tokens H, the number of tokens of every completion
 * @param repeats independent runs of each sampler on each prompt
 * @param peerRepeats number of these runs that the walks (at every alpha) and particles also make
 * @param budget model tokens of a run
 * @param n requested completions of each run, which are judged
 * @param alphas per-token pass probabilities that the value claims
 */
public record LetterPlan(
    int prompts, int tokens, int repeats, int peerRepeats, int budget, int n, List<Double> alphas) {
  /** Keeps a copy; refuses too few repeats for an interval. */
  public LetterPlan {
    if (repeats < 2) {
      throw new IllegalArgumentException("--repeats must be at least 2, got " + repeats);
    }
    if (prompts < 1 || prompts > LetterTask.PROMPTS.size() || tokens < 1 || n < 1) {
      throw new IllegalArgumentException(
          "prompts must lie in"
              + " 1.."
              + LetterTask.PROMPTS.size()
              + "; tokens and n must be positive");
    }
    if (budget < 2 * tokens) {
      throw new IllegalArgumentException(
          "a budget of " + budget + " model tokens allows fewer than two completions");
    }
    alphas = List.copyOf(alphas);
  }

  /** The plan with another number of repeats. */
  public LetterPlan withRepeats(int other) {
    return new LetterPlan(prompts, tokens, other, peerRepeats, budget, n, alphas);
  }

  /** The alphas of a sampler's runs in a repeat; NaN if it depends on none, empty without runs. */
  List<Double> alphasOf(Contender contender, int repeat) {
    if (contender.isPeer() && repeat >= peerRepeats) {
      return List.of();
    }
    return contender.usesAlpha() ? alphas : List.of(Double.NaN);
  }

  /** Number of runs of some samplers on a prompt. */
  int runsOf(List<Contender> contenders) {
    return IntStream.range(0, repeats)
        .flatMap(repeat -> contenders.stream().mapToInt(c -> alphasOf(c, repeat).size()))
        .sum();
  }

  /** The plan of a scale, with the paper's length; quick uses only the ends of its alpha range. */
  public static LetterPlan of(Scale scale) {
    return switch (scale) {
      case QUICK -> new LetterPlan(1, 32, 2, 1, 256, 8, List.of(0.1, 0.5));
      case FULL -> new LetterPlan(4, 32, 3, 1, 1024, 16, List.of(0.1, 0.3, 0.5));
    };
  }
}
