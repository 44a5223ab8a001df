package io.tailwalk.sampling;

import java.util.List;
import java.util.Map;

/**
 * Diagnostics that show whether a run is reliable.
 *
 * @param effectiveSampleSize independent draws that the weighted sample is worth (0 if there are
 *     none)
 * @param counts named counts of the sampler: tours, leaf visits, reflections, draws, accepted ...
 * @param notes sentences about the sampler's choices and their reasons
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

  /**
   * Completions that were drawn one by one.
   *
   * @param drawn how many; 0 for samplers that do not count draws
   * @param accepted how many of them passed
   */
  public record Draws(long drawn, long accepted) {}

  /** The draws among the counts. */
  public Draws draws() {
    return new Draws(count("drawn"), count("accepted"));
  }

  private long count(String name) {
    return counts.getOrDefault(name, 0.0).longValue();
  }
}
