package io.tailwalk.cli.generate;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.estimate.Estimate;
import io.tailwalk.tables.Doubles;
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
    json.set(
        "success_probability",
        sampling.successProbability().map(PromptSummary::estimate).orElse(null));
    ObjectNode diagnostics = json.putObject("diagnostics");
    diagnostics.set("effective_sample_size", bound(sampling.diagnostics().effectiveSampleSize()));
    new TreeMap<>(sampling.diagnostics().counts()).forEach(diagnostics::put);
    ArrayNode notes = diagnostics.putArray("notes");
    sampling.diagnostics().notes().forEach(notes::add);
    json.set("cost", cost(sampling.cost()));
    return json;
  }

  /** An estimate with its interval. */
  public static ObjectNode estimate(Estimate estimate) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("value", bound(estimate.value()));
    json.set("low", bound(estimate.low()));
    json.set("high", bound(estimate.high()));
    json.put("level", estimate.level());
    json.put("unbiased", estimate.unbiased());
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
