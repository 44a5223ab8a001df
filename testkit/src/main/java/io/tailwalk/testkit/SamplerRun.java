package io.tailwalk.testkit;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.Estimate;
import java.util.List;
import java.util.Map;

/**
 * What a run of a sampler returned, in types that do not depend on the sampler's module.
 *
 * @param draws the completions returned, in order
 * @param outcomes share of each distinct completion in the weighted sample; empty if there is none
 * @param successProbability the estimate of {@code Z = E_pi[tau]}
 * @param cost what the run reports to have cost
 * @param stopReason why it ended
 */
public record SamplerRun(
    List<Draw> draws,
    Map<TokenSequence, Double> outcomes,
    Estimate successProbability,
    Cost cost,
    StopReason stopReason) {

  /**
   * One completion.
   *
   * @param tokens its tokens, end token included
   * @param logProb log-probability under the model, nats
   * @param logReward {@code log tau}, nats
   */
  public record Draw(TokenSequence tokens, double logProb, double logReward) {}

  /** Keeps immutable copies. */
  public SamplerRun {
    draws = List.copyOf(draws);
    outcomes = Map.copyOf(outcomes);
  }
}
