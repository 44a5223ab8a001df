package io.tailwalk.runs.tail;

import io.tailwalk.core.interval.Estimate;
import io.tailwalk.coverage.passk.PromptSuccess;
import io.tailwalk.runs.sample.PromptResult;
import io.tailwalk.sampling.estimate.Together;

/**
 * The estimates of one prompt.
 *
 * @param id id of the prompt
 * @param both estimate from the sampler's run and the plain draws together
 * @param drawn number of plain completions drawn
 * @param passed number of plain completions that passed
 * @param result the sampler's run
 * @param plain the plain draws
 */
public record TailPrompt(
    String id, Together both, long drawn, long passed, PromptResult result, PromptResult plain) {

  public static TailPrompt of(PromptResult estimated, PromptResult measured) {
    var draws = measured.sampling().diagnostics().draws();
    return new TailPrompt(
        estimated.job().id(),
        Together.of(estimated.sampling(), measured.sampling()),
        draws.drawn(),
        draws.accepted(),
        estimated,
        measured);
  }

  /** Probability that the model's own completion passes. */
  public Estimate together() {
    return both.estimate();
  }

  /** The sampler's own estimate. */
  public Estimate walk() {
    return result.sampling().successProbability();
  }

  /** The estimate from the plain draws alone. */
  public Estimate draws() {
    return plain.sampling().successProbability();
  }

  /** The estimate with ends that miss with probability at most {@code error}. */
  public PromptSuccess mass(double error) {
    Estimate estimate = together();
    return PromptSuccess.clamped(
        id, estimate.value(), both.guaranteed(error), estimate.standardError(), estimate.bias());
  }
}
