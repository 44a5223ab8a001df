package io.tailwalk.coverage.passk;

import io.tailwalk.coverage.paired.Needed;
import io.tailwalk.coverage.paired.Power;
import java.util.List;

/**
 * What would settle a difference of two runs at one k: {@link Power}.
 *
 * @param k number of samples of pass@k
 * @param standardError of the difference over prompts
 * @param withinError the part of it that comes from the samples; NaN if a prompt has fewer than 2k
 * @param furtherPrompts how many more prompts, with as many samples each
 * @param furtherSamples how many more samples of each prompt in each run, with these prompts
 */
public record PairedPower(
    long k,
    double standardError,
    double withinError,
    Needed furtherPrompts,
    Needed furtherSamples) {

  /**
   * From the differences of prompts and the samples of both runs. The variance within a prompt is
   * {@link PassAtK#variance}, and taken to fall as one over the number of samples: its leading
   * term, which is exact for k = 1; for larger k it falls faster, so the number of samples errs
   * high. The half-width for prompts that are all alike is Gaffke's on [-1, 1].
   */
  static PairedPower of(
      PairedPoint point,
      double[] differences,
      List<PromptSamples> first,
      List<PromptSamples> second,
      double delta) {
    double error = PairedPoint.standardError(differences);
    double now = within(first, second, point.k(), 0);
    return new PairedPower(
        point.k(),
        error,
        Math.sqrt(now),
        Power.prompts(point.difference(), point.interval(), error, differences.length, delta),
        Power.samples(
            point.difference(),
            point.interval(),
            error,
            more -> within(first, second, point.k(), more),
            (1 + Math.abs(point.difference()))
                * -Math.expm1(Math.log(delta / 2) / differences.length),
            delta));
  }

  private static double within(
      List<PromptSamples> first, List<PromptSamples> second, long k, long more) {
    double prompts = first.size();
    return (within(first, k, more) + within(second, k, more)) / (prompts * prompts);
  }

  private static double within(List<PromptSamples> run, long k, long more) {
    double sum = 0;
    for (PromptSamples prompt : run) {
      double samples = prompt.samples();
      sum += PassAtK.variance(prompt.samples(), prompt.correct(), k) * samples / (samples + more);
    }
    return sum;
  }
}
