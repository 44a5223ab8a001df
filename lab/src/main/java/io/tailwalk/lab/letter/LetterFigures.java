package io.tailwalk.lab.letter;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class LetterFigures {
  private LetterFigures() {}

  static ObjectNode json(
      LetterExperiment experiment, LetterResults results, LetterVerdict verdict) {
    LetterPlan plan = results.plan();
    ObjectNode json = experiment.settings().figures();
    json.put("model", experiment.model().identity().name());
    json.put("model_fingerprint", experiment.model().identity().fingerprint());
    json.put("judge", experiment.judge().identity().name());
    json.put("judge_description", experiment.judge().identity().description());
    json.put("judge_fingerprint", experiment.judge().identity().fingerprint());
    json.put("tokens", plan.tokens()).put("margin_nats", plan.margin());
    json.put("prompts", plan.prompts()).put("repeats", plan.repeats());
    json.put("peer_repeats", plan.peerRepeats()).put("n", plan.n());
    json.put("budget_model_tokens", plan.budget());
    json.put("holds", verdict.holds());
    results.targetGain().into(json, "target_over_action_level_own");
    ArrayNode gains = json.putArray("gains");
    for (Contender contender : Contender.all(plan.budget(), plan.tokens())) {
      if (!contender.label().equals(Contender.ACTION_LEVEL)) {
        gains.add(gains(contender, results));
      }
    }
    ArrayNode runs = json.putArray("runs");
    results.runs().forEach(run -> runs.add(json(run)));
    return json;
  }

  private static ObjectNode gains(Contender contender, LetterResults results) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sampler", contender.label());
    results.meanGain(contender.label(), LetterRun::judged).into(json, "judged");
    results.meanGain(contender.label(), LetterRun::judgedPerToken).into(json, "judged_per_token");
    results.meanGain(contender.label(), LetterRun::own).into(json, "own");
    ArrayNode perAlpha = json.putArray("per_alpha");
    for (double alpha : results.plan().alphas()) {
      ObjectNode at = perAlpha.addObject().put("alpha", alpha);
      results.gain(contender.label(), alpha, LetterRun::judged).into(at, "judged");
      results.gain(contender.label(), alpha, LetterRun::own).into(at, "own");
    }
    return json;
  }

  private static ObjectNode json(LetterRun run) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("prompt", run.prompt()).put("repeat", run.repeat()).put("sampler", run.label());
    json.put("alpha", run.alpha()).put("returned", run.returned()).put("passing", run.passing());
    json.put("judged", run.judged()).put("judged_per_token", run.judgedPerToken());
    json.put("own", run.own()).put("log_mass", run.logMass());
    return json.put("model_tokens", run.modelTokens()).put("example", run.example());
  }
}
