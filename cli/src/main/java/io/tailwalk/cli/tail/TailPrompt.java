package io.tailwalk.cli.tail;

import io.tailwalk.cli.generate.PromptResult;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.sampling.estimate.Together;

/**
 * What is known of one prompt.
 *
 * @param id the prompt
 * @param together probability that the model's own completion passes, from the sampler's run and
 *     the plain draws together
 * @param disagree whether the two contradict each other
 * @param drawn plain completions drawn to measure it
 * @param passed those that passed
 * @param result the sampler's run
 * @param plain the plain draws
 */
record TailPrompt(
    String id,
    Estimate together,
    boolean disagree,
    long drawn,
    long passed,
    PromptResult result,
    PromptResult plain) {

  static TailPrompt of(PromptResult estimated, PromptResult measured) {
    var counts = measured.sampling().diagnostics().counts();
    var together = Together.of(estimated.sampling(), measured.sampling());
    return new TailPrompt(
        estimated.job().id(),
        together.estimate(),
        together.disagree(),
        counts.getOrDefault("drawn", 0.0).longValue(),
        counts.getOrDefault("accepted", 0.0).longValue(),
        estimated,
        measured);
  }

  /** The sampler's own estimate. */
  Estimate walk() {
    return result.sampling().successProbability();
  }

  /** What the plain draws say by themselves. */
  Estimate draws() {
    return plain.sampling().successProbability();
  }
}
