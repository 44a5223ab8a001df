package io.tailwalk.runs.tail;

import io.tailwalk.coverage.passk.CurvePoint;
import io.tailwalk.coverage.passk.PassAtK;
import io.tailwalk.coverage.passk.PromptSuccess;
import io.tailwalk.coverage.passk.SuccessCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Pass@k: the probability that at least one of k plain completions passes, {@code 1 - (1 - Z)^k} on
 * a prompt of success probability Z, averaged over prompts.
 *
 * @param k number of completions
 * @param predicted prediction from the success probabilities, with ends for these prompts alone and
 *     for the distribution that they were drawn from
 * @param measured measurement from the plain completions (Chen et al. 2021, arXiv 2107.03374); NaN
 *     if a prompt has fewer than k
 */
public record TailCurve(long k, CurvePoint predicted, double measured) {
  /** Error probability of the intervals of the mean. */
  static final double DELTA = 0.05;

  /** Error probability of the ends of each prompt that the mean is computed from. */
  static final double OF_A_PROMPT = 0.005;

  private static final long LAST = 1_000_000_000;

  /** The curve at k = 1, 2, 5, 10 and so on up to 10^9. */
  public static List<TailCurve> of(List<TailPrompt> prompts) {
    List<PromptSuccess> masses = prompts.stream().map(prompt -> prompt.mass(OF_A_PROMPT)).toList();
    List<TailCurve> curve = new ArrayList<>();
    for (long decade = 1; decade <= LAST; decade *= 10) {
      for (long step : new long[] {1, 2, 5}) {
        if (decade * step <= LAST) {
          curve.add(at(prompts, masses, decade * step));
        }
      }
    }
    return curve;
  }

  private static TailCurve at(List<TailPrompt> prompts, List<PromptSuccess> masses, long k) {
    boolean measurable = prompts.stream().allMatch(prompt -> prompt.drawn() >= k);
    double measured =
        measurable
            ? mean(prompts, prompt -> PassAtK.estimate(prompt.drawn(), prompt.passed(), k))
            : Double.NaN;
    return new TailCurve(k, SuccessCurve.at(masses, k, OF_A_PROMPT, DELTA), measured);
  }

  /** {@code 1 - (1 - z)^k}, accurate for the smallest z. */
  static double pass(double z, long k) {
    return SuccessCurve.pass(z, k);
  }

  private static double mean(List<TailPrompt> prompts, ToDoubleFunction<TailPrompt> quantity) {
    return prompts.stream().mapToDouble(quantity).average().orElse(Double.NaN);
  }
}
