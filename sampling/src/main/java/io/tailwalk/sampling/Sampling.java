package io.tailwalk.sampling;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.statistics.BettingCapital;
import java.util.List;

/**
 * What a run gives back.
 *
 * @param draws the completions asked for, at most n; each stands for one draw
 * @param outcomes every distinct completion seen with its share of the weighted sample; shares add
 *     up to 1 unless empty
 * @param successProbability the base model's {@code Z = E_pi[tau]} with its interval; where the
 *     sampler itself tells nothing, what its tree shows for certain
 * @param units what the guaranteed ends rest on, for an interval together with another run's
 * @param diagnostics how the run went
 * @param cost what it cost
 * @param stopReason why it ended
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

  /** The same with notes in the diagnostics. */
  public Sampling withNotes(List<String> notes) {
    var noted = new Diagnostics(diagnostics.effectiveSampleSize(), diagnostics.counts(), notes);
    return new Sampling(draws, outcomes, successProbability, units, noted, cost, stopReason);
  }
}
