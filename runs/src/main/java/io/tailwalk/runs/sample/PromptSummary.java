package io.tailwalk.runs.sample;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.records.Doubles;
import io.tailwalk.records.Json;
import io.tailwalk.sampling.Sampling;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a prompt cost and what is known of its success probability; holds no time.
 *
 * @param id of the prompt
 * @param completions drawn
 * @param distinct different ones
 * @param stopReason why sampling ended
 * @param successProbability the estimate with every end
 * @param diagnostics effective sample size, the sampler's counts by name, notes
 * @param cost in all
 */
public record PromptSummary(
    String id,
    int completions,
    int distinct,
    String stopReason,
    Estimate successProbability,
    Map<String, Object> diagnostics,
    Cost cost) {

  /** The summary of a prompt. */
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

  /** The summary of a prompt as JSON. */
  public static ObjectNode json(PromptResult result) {
    return Json.of(of(result));
  }

  /** An end of an interval; {@code "inf"} where nothing is known from above. */
  public static JsonNode bound(double value) {
    return value == Double.POSITIVE_INFINITY
        ? JsonNodeFactory.instance.stringNode("inf")
        : Doubles.json(value);
  }

  /** A cost without its time. */
  public static ObjectNode cost(Cost cost) {
    return Json.of(cost);
  }
}
