package io.tailwalk.sampling;

import java.util.Map;

/**
 * How a run went, for judging whether to trust it.
 *
 * @param effectiveSampleSize independent draws that the weighted sample is worth (0 when there are
 *     none)
 * @param counts named counts of the sampler: tours, leaf visits, reflections, draws, accepted ...
 */
public record Diagnostics(double effectiveSampleSize, Map<String, Double> counts) {
  /** Keeps an immutable copy. */
  public Diagnostics {
    counts = Map.copyOf(counts);
  }
}
