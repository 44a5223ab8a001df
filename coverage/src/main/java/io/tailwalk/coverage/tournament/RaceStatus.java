package io.tailwalk.coverage.tournament;

import java.util.List;

/**
 * State of a race.
 *
 * @param outcome whether and why it is over
 * @param leader the survivor with the smallest worst case so far; the choice once the race is over
 * @param survivors candidates not ruled out, the confidence set at this point
 * @param examples rows seen
 * @param scorings number of computed log-probabilities; without dropping candidates it would be
 *     {@code examples} times the number of candidates
 */
public record RaceStatus(
    Outcome outcome, String leader, List<String> survivors, long examples, long scorings) {

  /** Copies the list. */
  public RaceStatus {
    survivors = List.copyOf(survivors);
  }

  /** Outcome of a race. */
  public enum Outcome {
    /** More rows are needed. */
    RUNNING,
    /** One candidate is left. */
    DECIDED,
    /** The leader is shown to be within epsilon of the best. */
    WITHIN_EPSILON
  }

  /** Whether the race is over. */
  public boolean isOver() {
    return outcome != Outcome.RUNNING;
  }
}
