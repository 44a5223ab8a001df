package io.tailwalk.cli.tail;

import io.tailwalk.cli.generate.PromptResult;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.report.Estimate;
import io.tailwalk.sampling.Sampling;

/**
 * What is known of one prompt.
 *
 * @param id the prompt
 * @param mass probability that the model's own completion passes, with its 95% interval
 * @param drawn plain completions drawn to measure it
 * @param passed those that passed
 * @param result the estimate's run
 */
record TailPrompt(String id, Estimate mass, long drawn, long passed, PromptResult result) {

  static TailPrompt of(PromptResult estimated, PromptResult measured) {
    var counts = measured.sampling().diagnostics().counts();
    return new TailPrompt(
        estimated.job().id(),
        mass(estimated.sampling()),
        counts.getOrDefault("drawn", 0.0).longValue(),
        counts.getOrDefault("accepted", 0.0).longValue(),
        estimated);
  }

  /** Nothing known is [0, 1]; a tree declared worthless at the root has no mass. */
  private static Estimate mass(Sampling sampling) {
    if (sampling.stopReason() == StopReason.DEAD) {
      return Estimate.exactly(0);
    }
    return sampling
        .successProbability()
        .map(mass -> {
          double value = Math.clamp(mass.value(), 0, 1);
          return new Estimate(
              Math.clamp(mass.low(), 0, value), value, Math.clamp(mass.high(), value, 1));
        })
        .orElse(new Estimate(0, 0, 1));
  }
}
