package io.tailwalk.lab.graph;

import io.tailwalk.records.Doubles;
import io.tailwalk.train.evaluate.CoverageReport;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class CeFigures {
  private CeFigures() {}

  static ObjectNode json(GraphPlan plan, ScoredSeries series, CeVerdict verdict) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("plan", plan(plan));
    json.put("held_out_prompts", series.judgingPrompts());
    ObjectNode falls = json.putObject("cross_entropy_falls");
    falls.put("holds", verdict.falls());
    turn(json.putObject("coverage_turns"), verdict);
    follows(json.putObject("pass_follows_coverage"), verdict);
    choice(json.putObject("choice"), series, verdict);
    ArrayNode notes = json.putArray("summary");
    verdict.summary().forEach(notes::add);
    ArrayNode checkpoints = json.putArray("checkpoints");
    series.judging().forEach(report -> checkpoint(checkpoints.addObject(), report));
    return json;
  }

  private static ObjectNode plan(GraphPlan plan) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("middle_layers", plan.shape().middleLayers());
    json.put("width", plan.shape().width());
    json.put("vocabulary", plan.shape().vocabulary());
    json.put("architecture", plan.model().architecture().id());
    json.put("layers", plan.model().layers());
    json.put("heads", plan.model().heads());
    json.put("embedding", plan.model().embedding());
    ArrayNode base = json.putArray("base_model");
    plan.base().forEach(stage -> stage(base.addObject(), stage));
    stage(json.putObject("finetuning"), plan.fineTuning());
    json.put("threads_in_training", plan.threads());
    return json;
  }

  private static void stage(ObjectNode json, Stage stage) {
    json.put("stage", stage.name());
    json.put("steps", stage.steps());
    json.put("batch", stage.batch());
    json.put("learning_rate", stage.rate().toString());
    json.put("mixture", stage.tasks().getLast().mixture().weights().toString());
  }

  private static void turn(ObjectNode json, CeVerdict verdict) {
    json.put("holds", verdict.turn().holds());
    json.put("improves_n", CeVerdict.SMALL);
    json.put("improves_from", verdict.turn().smallFirst());
    json.put("improves_to", verdict.turn().smallLast());
    json.put("p_no_improvement", verdict.turn().improves());
    course(json, verdict.turn().tail());
    course(json.putObject("between"), verdict.turn().middle());
  }

  private static void course(ObjectNode json, CoverageCourse course) {
    json.put("n", course.factor());
    json.put("base", course.first());
    json.put("best_step", course.bestStep());
    json.put("best", course.least());
    json.put("last", course.last());
    json.put("p_best_no_better_than_base", course.improves());
    json.put("p_no_turn", course.worsens());
  }

  private static void follows(ObjectNode json, CeVerdict verdict) {
    json.put("holds", verdict.followsHolds());
    ArrayNode pairs = json.putArray("rank_correlations");
    for (CeVerdict.Follows f : verdict.follows()) {
      ObjectNode pair = pairs.addObject();
      pair.put("attempts", f.attempts());
      pair.put("n", ScoredSeries.factorFor(f.attempts()));
      pair.set("with_coverage", Doubles.json(f.coverage()));
      pair.set("with_kl", Doubles.json(f.kl()));
    }
  }

  private static void choice(ObjectNode json, ScoredSeries series, CeVerdict verdict) {
    Choice choice = verdict.choice();
    json.put("holds", verdict.gainInterval().low() > 0);
    json.put("n", choice.result().n());
    json.put("attempts", CeVerdict.ATTEMPTS);
    json.put("tournament_step", series.step(choice.tournament()));
    json.put("cross_entropy_step", series.step(choice.crossEntropy()));
    json.put("tournament_pass", series.pass(CeVerdict.ATTEMPTS).get(choice.tournament()));
    json.put("cross_entropy_pass", series.pass(CeVerdict.ATTEMPTS).get(choice.crossEntropy()));
    json.put("difference", verdict.gain());
    json.putArray("interval").add(verdict.gainInterval().low()).add(verdict.gainInterval().high());
  }

  private static void checkpoint(ObjectNode json, CoverageReport report) {
    json.put("step", report.step());
    json.put("cross_entropy", report.crossEntropy());
    json.put("kl", report.kl());
    ObjectNode coverage = json.putObject("coverage");
    for (int k = 0; k < ScoredSeries.FACTORS.size(); k++) {
      coverage.put(CeVerdict.plain(ScoredSeries.FACTORS.get(k)), report.coverage().get(k));
    }
    ObjectNode pass = json.putObject("pass");
    for (int k = 0; k < ScoredSeries.ATTEMPTS.size(); k++) {
      pass.put(String.valueOf(ScoredSeries.ATTEMPTS.get(k)), report.pass().get(k));
    }
  }
}
