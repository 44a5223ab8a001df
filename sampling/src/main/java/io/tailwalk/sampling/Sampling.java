package io.tailwalk.sampling;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.statistics.BettingCapital;
import java.util.List;

/**
 * Result of a run.
 *
 * @param draws the returned completions, at most n; each represents one draw
 * @param outcomes every distinct completion seen with its share of the weighted sample; shares add
 *     up to 1 unless empty
 * @param successProbability the base model's {@code Z = E_pi[tau]} with its interval; the certain
 *     bounds of the tree if the sampler itself has no estimate
 * @param units the units behind the guaranteed ends, for a joint interval with another run
 * @param diagnostics diagnostics of the run
 * @param cost its cost
 * @param stopReason the reason why it ended
 */
public record Sampling(
    List<Completion> draws,
    List<Completion> outcomes,
    Estimate successProbability,
    BettingCapital units,
    Diagnostics diagnostics,
    Cost cost,
    StopReason stopReason) {
  /** Keeps immutable copies. */
  public Sampling {
    draws = List.copyOf(draws);
    outcomes = List.copyOf(outcomes);
  }

  /** The same result with notes in the diagnostics. */
  public Sampling withNotes(List<String> notes) {
    var noted = new Diagnostics(diagnostics.effectiveSampleSize(), diagnostics.counts(), notes);
    return new Sampling(draws, outcomes, successProbability, units, noted, cost, stopReason);
  }
}
