package io.tailwalk.lab.codetests;

import io.tailwalk.report.Estimate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class CodeFigures {
  private CodeFigures() {}

  static ObjectNode json(CodeExperiment experiment, CodeResults results, CodeVerdict verdict) {
    CodePlan plan = experiment.plan();
    ObjectNode json = experiment.settings().figures();
    json.put("model", experiment.model().identity().name());
    json.put("model_fingerprint", experiment.model().identity().fingerprint());
    json.put("repeats", plan.repeats()).put("budget_model_tokens", plan.budget());
    json.put("holds", verdict.holds()).put("success_probability", results.mass());
    json.put("reference_lines", results.reference().size());
    json.put("reference_effective_draws", results.referenceSize());
    json.put("reference_model_tokens", results.referenceTokens());
    json.set("target", distribution(results.target()));
    ArrayNode samplers = json.putArray("samplers");
    for (Entry entry : Entry.all(plan.budget())) {
      samplers.add(sampler(entry.label(), results));
    }
    return json;
  }

  private static ObjectNode sampler(String label, CodeResults results) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("sampler", label);
    json.set("distribution", distribution(results.distribution(label)));
    put(json, "log_prob_distance", results.distance(label, CaseDistribution::logProbDistance));
    put(json, "log_prob_nearer", results.nearer(label, CaseDistribution::logProbDistance));
    put(json, "length_distance", results.distance(label, CaseDistribution::lengthDistance));
    put(json, "kind_distance", results.distance(label, CaseDistribution::kindDistance));
    put(json, "length_nearer", results.nearer(label, CaseDistribution::lengthDistance));
    put(json, "kind_nearer", results.nearer(label, CaseDistribution::kindDistance));
    ArrayNode runs = json.putArray("runs");
    for (CodeResults.CodeRun run : results.of(label)) {
      ObjectNode one = runs.addObject().put("returned", run.returned());
      one.put("passing", run.passing()).put("model_tokens", run.modelTokens());
      one.put("log_prob", run.distribution().logProb());
      one.put(
          "mean_length",
          run.distribution().isEmpty() ? Double.NaN : run.distribution().meanLength());
      one.put("example", run.example());
    }
    return json;
  }

  private static ObjectNode distribution(CaseDistribution distribution) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("log_prob", distribution.logProb());
    ArrayNode lengths = json.putArray("lengths");
    for (double share : distribution.lengths()) {
      lengths.add(share);
    }
    ObjectNode kinds = json.putObject("kinds");
    for (CaseKind kind : CaseKind.values()) {
      kinds.put(kind.word(), distribution.share(kind));
    }
    return json;
  }

  private static void put(ObjectNode json, String name, Estimate estimate) {
    json.put(name, estimate.value());
    json.put(name + "_low", estimate.low()).put(name + "_high", estimate.high());
  }
}
