package io.tailwalk.lab.reinforce;

import io.tailwalk.lab.Scale;
import io.tailwalk.records.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class RlFigures {
  private RlFigures() {}

  private record Form(
      RlPlan plan,
      int draws,
      double level,
      Agreement coverage,
      Agreement pass,
      Agreement crossEntropy,
      Agreement coverageMinusCrossEntropy,
      Agreement passMinusCrossEntropy,
      List<Agreement> others,
      List<String> summary,
      List<Checkpoint> checkpoints,
      Scale scale,
      long seed) {}

  private record Checkpoint(
      long step,
      Map<String, Double> before,
      double problemsBefore,
      double rewarded,
      double problemsAfter) {}

  static ObjectNode json(
      RlFollowsCoverage settings, RlPlan plan, List<Reinforced> measured, RlVerdict verdict) {
    return Json.of(
        new Form(
            plan,
            plan.draws(),
            plan.level(),
            verdict.coverage(),
            verdict.pass(),
            verdict.crossEntropy(),
            verdict.coverageOver(),
            verdict.passOver(),
            verdict.others(),
            verdict.summary(),
            measured.stream().map(each -> checkpoint(plan, each)).toList(),
            settings.scale(),
            settings.seed()));
  }

  private static Checkpoint checkpoint(RlPlan plan, Reinforced measured) {
    Map<String, Double> before = new LinkedHashMap<>();
    for (Predictor predictor : predictors(plan)) {
      before.put(predictor.json(), mean(predictor, measured));
    }
    return new Checkpoint(
        measured.step(),
        before,
        mean(measured.before()),
        measured.rewarded(),
        mean(measured.after()));
  }

  /** All predictors, those of the verdict first. */
  static List<Predictor> predictors(RlPlan plan) {
    List<Predictor> all =
        new ArrayList<>(
            List.of(Predictor.coverage(plan), Predictor.pass(plan), Predictor.crossEntropy()));
    all.addAll(Predictor.others(plan));
    return all;
  }

  /** The value of a predictor at a checkpoint. */
  static double mean(Predictor predictor, Reinforced checkpoint) {
    return Arrays.stream(predictor.values(checkpoint)).average().orElseThrow();
  }

  static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
