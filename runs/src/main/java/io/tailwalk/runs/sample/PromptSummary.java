package io.tailwalk.runs.sample;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.records.Doubles;
import io.tailwalk.sampling.Sampling;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a prompt cost and what is known of its success probability, as JSON. */
public final class PromptSummary {
  private PromptSummary() {}

  /** The summary of a prompt; holds no time. */
  public static ObjectNode json(PromptResult result) {
    Sampling sampling = result.sampling();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", result.job().id());
    json.put("completions", sampling.draws().size());
    json.put("distinct", sampling.outcomes().size());
    json.put("stop_reason", sampling.stopReason().wireName());
    json.set("success_probability", estimate(sampling.successProbability()));
    ObjectNode diagnostics = json.putObject("diagnostics");
    diagnostics.set("effective_sample_size", bound(sampling.diagnostics().effectiveSampleSize()));
    new TreeMap<>(sampling.diagnostics().counts()).forEach(diagnostics::put);
    ArrayNode notes = diagnostics.putArray("notes");
    sampling.diagnostics().notes().forEach(notes::add);
    json.set("cost", cost(sampling.cost()));
    return json;
  }

  /** An estimate with its interval, the kinds of its ends, and the stronger ends behind it. */
  public static ObjectNode estimate(Estimate estimate) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("value", bound(estimate.value()));
    json.set("standard_error", Doubles.json(estimate.standardError()));
    json.set("low", bound(estimate.low()));
    json.set("high", bound(estimate.high()));
    json.put("low_kind", estimate.interval().lowKind().wireName());
    json.put("high_kind", estimate.interval().highKind().wireName());
    json.set("certain_low", bound(estimate.certain().low()));
    json.set("certain_high", bound(estimate.certain().high()));
    json.set("guaranteed_low", bound(estimate.guaranteed().low()));
    json.set("guaranteed_high", bound(estimate.guaranteed().high()));
    json.put("level", estimate.level());
    json.put("bias", estimate.bias().wireName());
    json.put("method", estimate.method());
    return json;
  }

  /** An end of an interval; {@code "inf"} where nothing is known from above. */
  public static JsonNode bound(double value) {
    return value == Double.POSITIVE_INFINITY
        ? JsonNodeFactory.instance.stringNode("inf")
        : Doubles.json(value);
  }

  /** A cost without its time. */
  public static ObjectNode cost(Cost cost) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("prompt_tokens", cost.promptTokens())
        .put("model_tokens", cost.modelTokens())
        .put("model_calls", cost.modelCalls())
        .put("nodes_expanded", cost.nodesExpanded())
        .put("cached_tokens", cost.cachedTokens())
        .put("value_calls", cost.valueCalls())
        .put("verifier_calls", cost.verifierCalls())
        .put("steps", cost.steps());
  }
}
