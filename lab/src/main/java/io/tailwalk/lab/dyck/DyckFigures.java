package io.tailwalk.lab.dyck;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class DyckFigures {
  private DyckFigures() {}

  static ObjectNode json(DyckResult result, DyckVerdict verdict) {
    DyckPlan plan = result.plan();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("prompt", plan.prompt());
    json.put("length", plan.grammar().language().length());
    json.put("max_depth", plan.grammar().language().maxDepth());
    json.put("transformer", plan.shape().toString());
    json.put("valid_completions", result.tree().size());
    json.put("success_probability", result.tree().successProbability());
    json.put("rollouts", plan.rollouts()).put("rollouts_passed", result.values().passed());
    json.put("repeats", plan.repeats());
    json.put("undominated", verdict.undominated());
    json.put("unsurpassed", verdict.unsurpassed());
    json.put("nearer", verdict.nearer());
    json.put("cheaper", verdict.cheaper());
    ArrayNode notes = json.putArray("summary");
    verdict.summary().forEach(notes::add);
    ObjectNode frontier = json.putObject("frontier");
    frontier.put("model_tokens", plan.frontierTokens());
    frontier.put("value_epoch", result.values().best());
    ArrayNode points = frontier.putArray("points");
    for (Point point : result.frontier().points()) {
      ObjectNode one = point.json();
      if (point.entrant().baseline()) {
        Point auto = result.frontier().auto();
        one.put("dominates_auto", Frontier.dominates(point, auto));
        one.put("dominated_by_auto", Frontier.dominates(auto, point));
        result.frontier().accuracyOver(point).into(one, "auto_less_accuracy");
        result.frontier().distinctOver(point).into(one, "auto_less_distinct");
      }
      points.add(one);
    }
    ObjectNode epochs = json.putObject("epochs");
    epochs.put("model_tokens", plan.errorTokens());
    ArrayNode rows = epochs.putArray("rows");
    result.rows().forEach(row -> rows.add(row.json()));
    epochs.set("outcome_level", result.outcomeLevel().json());
    return json;
  }
}
