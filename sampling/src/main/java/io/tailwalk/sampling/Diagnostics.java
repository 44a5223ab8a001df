package io.tailwalk.sampling;

import java.util.List;
import java.util.Map;

/**
 * How a run went, for judging whether to trust it.
 *
 * @param effectiveSampleSize independent draws that the weighted sample is worth (0 when there are
 *     none)
 * @param counts named counts of the sampler: tours, leaf visits, reflections, draws, accepted ...
 * @param notes sentences on what the sampler chose and why
 */
public record Diagnostics(
    double effectiveSampleSize, Map<String, Double> counts, List<String> notes) {
  /** Keeps immutable copies. */
  public Diagnostics {
    counts = Map.copyOf(counts);
    notes = List.copyOf(notes);
  }

  /** Without notes. */
  public Diagnostics(double effectiveSampleSize, Map<String, Double> counts) {
    this(effectiveSampleSize, counts, List.of());
  }
}
