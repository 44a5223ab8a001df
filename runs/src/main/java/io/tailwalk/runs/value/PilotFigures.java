package io.tailwalk.runs.value;

import io.tailwalk.core.Plural;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.statistics.RatioOfMeans;
import java.util.Locale;

/**
 * The result of a pilot: a sampler with and without the value, at the same number of model tokens.
 *
 * @param sampler name of the sampler
 * @param runTokens model tokens that each run may use
 * @param with the runs with the value
 * @param without the runs without it, with the same prompts and seeds
 * @param ratio effective sample size per model token with the value, divided by that without it;
 *     the interval is at 95% and treats the pairs of runs as independent
 */
public record PilotFigures(
    String sampler, long runTokens, Side with, Side without, RatioOfMeans ratio) {

  /**
   * The runs of one side.
   *
   * @param effectiveSampleSize sum over the runs; a run counts at most one draw per model token
   * @param modelTokens model tokens that the runs used, those of the value included
   */
  public record Side(double effectiveSampleSize, long modelTokens) {}

  /** Whether the value makes the sampler worse: the interval is below 1. */
  boolean isHarmful() {
    return ratio.interval().high() < 1;
  }

  /** The ratio with its interval. */
  String ratioText() {
    Interval ends = ratio.interval();
    return String.format(
        Locale.ROOT,
        "%s [%.3g %s, %s]",
        number(ratio.value()),
        ends.low(),
        ends.lowKind().wireName(),
        Double.isInfinite(ends.high())
            ? "open"
            : number(ends.high()) + " " + ends.highKind().wireName());
  }

  private static String number(double value) {
    return Double.isInfinite(value) ? "infinite" : String.format(Locale.ROOT, "%.3g", value);
  }

  /** The result in one sentence. */
  String sentence() {
    String runs =
        String.format(
            Locale.ROOT,
            "%s of runs of %s with %s",
            Plural.of(ratio.pairs(), "pair"),
            Plural.of(runTokens, "model token"),
            sampler);
    if (Double.isNaN(ratio.value())) {
      return "pilot: no completion passed, with or without the value, in " + runs;
    }
    return String.format(
        Locale.ROOT,
        "pilot: the effective sample size at equal model tokens is %s times that without the value"
            + " (%.3g against %.3g draws in %s)",
        ratioText(),
        with.effectiveSampleSize(),
        without.effectiveSampleSize(),
        runs);
  }
}
