package io.tailwalk.sampling;

import java.util.List;
import java.util.Locale;

/** What to say where few independent beginnings carry a sample. */
public final class Lineages {
  /** Below so many effective lineages a sample is called poor. */
  private static final double POOR = 3;

  private Lineages() {}

  /**
   * A sentence where the completions returned share their beginnings, or where few lineages carry
   * the weight; none otherwise.
   */
  public static List<String> notes(LeafSample sample, RunOptions options) {
    int returned = Math.min(options.n(), sample.positiveSize());
    int lineages = sample.drawnLineages(options.n(), options.seed());
    double effective = sample.lineageSize();
    boolean shared = returned > 1 && lineages < returned && 2 * lineages <= returned;
    if (returned == 0 || !(shared || effective < POOR)) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "the %d completions returned come from %d lineages, and %.1f effective lineages carry the"
                + " weight: they share early tokens that one random choice fixed; a larger budget"
                + " spreads them",
            returned,
            lineages,
            effective));
  }
}
