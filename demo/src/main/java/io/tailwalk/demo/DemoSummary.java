package io.tailwalk.demo;

import io.tailwalk.records.Doubles;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.Estimate;
import io.tailwalk.runs.sample.PromptSummary;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The numbers of the demonstration as JSON. */
final class DemoSummary {
  private DemoSummary() {}

  static ObjectNode json(
      List<SamplerScore> scores, Optional<CheckpointFigures> checkpoints, RunRecord run) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode samplers = json.putArray("samplers");
    for (SamplerScore score : scores) {
      ObjectNode entry = samplers.addObject();
      entry.put("sampler", score.name());
      entry.put("target_distribution", score.sampler().targetDistribution().wireName());
      entry.put("prompts", score.results().size());
      entry.put("prompts_solved", score.solved());
      entry.put("distinct_completions", score.distinct());
      entry.set("distinct_2", Doubles.json(score.distinctPairs()));
      entry.set("cost", PromptSummary.cost(score.cost()));
      entry.set("success_probability_median", interval(score.medianSuccessProbability()));
      ArrayNode prompts = entry.putArray("by_prompt");
      score.results().forEach(result -> prompts.add(PromptSummary.json(result)));
    }
    checkpoints.ifPresent(figures -> json.set("checkpoints", figures.json()));
    json.set("run", run.json());
    return json;
  }

  private static ObjectNode interval(Estimate estimate) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("value", PromptSummary.bound(estimate.value()));
    json.set("low", PromptSummary.bound(estimate.low()));
    json.set("high", PromptSummary.bound(estimate.high()));
    return json;
  }
}
