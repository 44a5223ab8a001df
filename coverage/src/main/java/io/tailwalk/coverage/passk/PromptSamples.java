package io.tailwalk.coverage.passk;

import io.tailwalk.core.Plural;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.passk.BestOfN.Scored;
import java.util.List;

/**
 * The graded samples of one prompt in one run.
 *
 * @param promptId the prompt
 * @param samples number of samples n, at least 1
 * @param correct number of correct samples, 0 to n
 * @param scored selector scores and rewards of the samples; empty without a selector
 */
public record PromptSamples(String promptId, long samples, long correct, List<Scored> scored) {
  /** Checks the counts. */
  public PromptSamples {
    if (samples < 1 || correct < 0 || correct > samples) {
      throw new CoverageException(
          "prompt " + promptId + " has " + correct + " correct of " + Plural.of(samples, "sample"));
    }
    if (!scored.isEmpty() && scored.size() != samples) {
      throw new CoverageException(
          "prompt "
              + promptId
              + " has "
              + Plural.of(scored.size(), "score")
              + " for "
              + Plural.of(samples, "sample"));
    }
    scored = List.copyOf(scored);
  }

  /** Counts only. */
  public static PromptSamples of(String promptId, long samples, long correct) {
    return new PromptSamples(promptId, samples, correct, List.of());
  }
}
