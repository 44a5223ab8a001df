package io.tailwalk.coverage.passk;

import io.tailwalk.coverage.CoverageException;
import java.util.List;

/**
 * The answers of the samples of one prompt in one run.
 *
 * @param promptId the prompt
 * @param ballots one per sample, at least one
 */
public record PromptVotes(String promptId, List<Ballot> ballots) {
  /**
   * The answer of a sample.
   *
   * @param answer equal texts are one answer
   * @param correct whether it is right
   * @param weight its votes in a weighted vote, at least 0
   */
  public record Ballot(String answer, boolean correct, double weight) {
    /** Refuses weights that are negative or not finite. */
    public Ballot {
      if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
        throw new CoverageException("a vote of weight " + weight);
      }
    }
  }

  /** Refuses a prompt without samples. */
  public PromptVotes {
    ballots = List.copyOf(ballots);
    if (ballots.isEmpty()) {
      throw new CoverageException("prompt " + promptId + " has no votes");
    }
  }
}
