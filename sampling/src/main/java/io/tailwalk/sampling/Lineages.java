package io.tailwalk.sampling;

import io.tailwalk.core.Plural;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Number of independent beginnings of a sample.
 *
 * @param returned completions returned
 * @param among lineages among them
 * @param effective Kish's effective number of lineages of the whole sample
 */
public record Lineages(int returned, int among, double effective) {
  /** A sample with fewer effective lineages is called poor. */
  private static final double POOR = 3;

  /** The lineages of a sample from which completions are returned according to the options. */
  public static Lineages of(LeafSample sample, RunOptions options) {
    return new Lineages(
        Math.min(options.n(), sample.positiveSize()),
        sample.drawnLineages(options.n(), options.seed()),
        sample.lineageSize());
  }

  /** Adds the figures to a run's counts. */
  public void addTo(Map<String, Double> counts) {
    counts.put("lineages", effective);
    counts.put("returned_lineages", (double) among);
  }

  /**
   * A sentence if the returned completions share their beginnings or if few lineages have most of
   * the weight; empty otherwise.
   */
  public List<String> notes() {
    boolean shared = returned > 1 && among < returned && 2 * among <= returned;
    if (returned == 0 || !(shared || effective < POOR)) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "the %s returned %s from %s, and %.1f effective lineages carry the weight: they share"
                + " early tokens that one random choice fixed; a larger budget spreads them",
            Plural.of(returned, "completion"),
            returned == 1 ? "comes" : "come",
            Plural.of(among, "lineage"),
            effective));
  }
}
