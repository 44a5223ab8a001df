package io.tailwalk.cli.tail;

import io.tailwalk.coverage.passk.MassCurve;
import io.tailwalk.coverage.passk.PassAtK;
import io.tailwalk.report.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Pass@k: the probability that at least one of k plain completions passes, {@code 1 - (1 - Z)^k} on
 * a prompt of success probability Z, averaged over prompts. The ends of the intervals are carried
 * through prompt by prompt and averaged: the curve lies between them whenever every prompt's own
 * interval holds its truth; as a 95% interval of the average they are wider than they need be,
 * since errors of independent prompts partly cancel.
 *
 * @param k completions
 * @param predicted from the success probabilities
 * @param measured from the plain completions drawn (Chen et al. 2021, arXiv 2107.03374); NaN where
 *     a prompt has fewer than k
 */
record TailCurve(long k, Estimate predicted, double measured) {
  private static final long LAST = 1_000_000_000;

  /** The curve at 1, 2, 5, 10 and so on up to 10^9. */
  static List<TailCurve> of(List<TailPrompt> prompts) {
    List<TailCurve> curve = new ArrayList<>();
    for (long decade = 1; decade <= LAST; decade *= 10) {
      for (long step : new long[] {1, 2, 5}) {
        if (decade * step <= LAST) {
          curve.add(at(prompts, decade * step));
        }
      }
    }
    return curve;
  }

  private static TailCurve at(List<TailPrompt> prompts, long k) {
    boolean measurable = prompts.stream().allMatch(prompt -> prompt.drawn() >= k);
    double measured =
        measurable
            ? mean(prompts, prompt -> PassAtK.estimate(prompt.drawn(), prompt.passed(), k))
            : Double.NaN;
    double value = mean(prompts, prompt -> pass(prompt.together().value(), k));
    double low = mean(prompts, prompt -> pass(prompt.together().low(), k));
    double high = mean(prompts, prompt -> pass(Math.min(1, prompt.together().high()), k));
    return new TailCurve(
        k, new Estimate(Math.min(low, value), value, Math.max(high, value)), measured);
  }

  /** {@code 1 - (1 - z)^k}, exact for the smallest z. */
  static double pass(double z, long k) {
    return MassCurve.pass(z, k);
  }

  static double mean(List<TailPrompt> prompts, ToDoubleFunction<TailPrompt> quantity) {
    return prompts.stream().mapToDouble(quantity).average().orElse(Double.NaN);
  }
}
