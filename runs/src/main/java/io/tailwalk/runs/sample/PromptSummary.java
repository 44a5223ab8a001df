package io.tailwalk.runs.sample;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.records.Json;
import io.tailwalk.sampling.Sampling;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The cost and the success probability of a prompt; contains no times.
 *
 * @param id id of the prompt
 * @param completions number of completions drawn
 * @param distinct number of different completions
 * @param stopReason why sampling ended
 * @param successProbability the estimate with every end
 * @param diagnostics effective sample size, the sampler's counts by name, notes
 * @param cost total cost
 */
public record PromptSummary(
    String id,
    int completions,
    int distinct,
    String stopReason,
    Estimate successProbability,
    Map<String, Object> diagnostics,
    Cost cost) {

  /** Returns the summary of a prompt. */
  public static PromptSummary of(PromptResult result) {
    Sampling sampling = result.sampling();
    Map<String, Object> diagnostics = new LinkedHashMap<>();
    diagnostics.put("effective_sample_size", sampling.diagnostics().effectiveSampleSize());
    diagnostics.putAll(new TreeMap<>(sampling.diagnostics().counts()));
    diagnostics.put("notes", sampling.diagnostics().notes());
    return new PromptSummary(
        result.job().id(),
        sampling.draws().size(),
        sampling.outcomes().size(),
        sampling.stopReason().wireName(),
        sampling.successProbability(),
        diagnostics,
        sampling.cost());
  }

  /** Returns the summary of a prompt as JSON. */
  public static ObjectNode json(PromptResult result) {
    return Json.of(of(result));
  }
}
