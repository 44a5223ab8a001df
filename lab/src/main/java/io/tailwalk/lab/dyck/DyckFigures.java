package io.tailwalk.lab.dyck;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Measured;
import io.tailwalk.records.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class DyckFigures {
  private DyckFigures() {}

  private record Form(
      String prompt,
      int length,
      int maxDepth,
      String transformer,
      int validCompletions,
      double successProbability,
      int rollouts,
      int labelledPrefixes,
      int completablePrefixes,
      int repeats,
      @JsonUnwrapped DyckVerdict verdict,
      Points frontier,
      Epochs epochs,
      @JsonUnwrapped ExperimentSettings settings,
      String base) {}

  private record Points(long modelTokens, int valueEpoch, List<Record> points) {}

  private record Epochs(long modelTokens, List<Epoch> rows, Sampled outcomeLevel) {}

  static ObjectNode json(
      ExperimentSettings settings, boolean trained, DyckResult result, DyckVerdict verdict) {
    DyckPlan plan = result.plan();
    List<Record> points =
        result.frontier().points().stream().map(point -> of(point, result.frontier())).toList();
    List<Epoch> rows = result.rows().stream().map(Epoch::of).toList();
    return Json.of(
        new Form(
            plan.prompt(),
            plan.grammar().language().length(),
            plan.grammar().language().maxDepth(),
            plan.shape().toString(),
            result.tree().size(),
            result.tree().successProbability(),
            plan.rollouts(),
            result.values().prefixes(),
            result.values().completable(),
            plan.repeats(),
            verdict,
            new Points(plan.frontierTokens(), result.values().best(), points),
            new Epochs(plan.errorTokens(), rows, Sampled.of(result.outcomeLevel())),
            settings,
            trained ? "trained" : "shipped"));
  }

  private static Record of(Point point, Frontier frontier) {
    return point.entrant().baseline() ? Baseline.of(point, frontier) : Sampled.of(point);
  }

  private record Epoch(
      int epoch,
      double heldOutLoss,
      @JsonProperty("action_level_l1_computed") double actionL1,
      @JsonProperty("action_level_accuracy_computed") double actionAlive,
      List<Sampled> samplers) {
    static Epoch of(EpochRow row) {
      List<Sampled> samplers = row.points().stream().map(Sampled::of).toList();
      return new Epoch(row.epoch(), row.heldOutLoss(), row.actionL1(), row.actionAlive(), samplers);
    }
  }

  private record Sampled(
      String sampler,
      Map<String, String> params,
      boolean baseline,
      double accuracy,
      double accuracyStandardError,
      double distinct,
      double distinctStandardError,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Double> l1,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Double> l1StandardError,
      double effectiveDraws,
      double effectiveDrawsStandardError,
      double modelTokens) {
    static Sampled of(Point point) {
      Optional<Measured> l1 = Optional.of(point.l1()).filter(d -> !Double.isNaN(d.value()));
      return new Sampled(
          point.entrant().label(),
          point.entrant().params(),
          point.entrant().baseline(),
          point.accuracy().value(),
          point.accuracy().standardError(),
          point.distinct().value(),
          point.distinct().standardError(),
          l1.map(Measured::value),
          l1.map(Measured::standardError),
          point.effective().value(),
          point.effective().standardError(),
          point.modelTokens());
    }
  }

  private record Baseline(
      @JsonUnwrapped Sampled point,
      boolean dominatesVgb,
      boolean dominatedByVgb,
      double vgbLessAccuracy,
      double vgbLessAccuracyStandardError,
      double vgbLessDistinct,
      double vgbLessDistinctStandardError) {
    static Baseline of(Point point, Frontier frontier) {
      Point vgb = frontier.of(Entrant.VGB);
      Measured accuracy = Frontier.accuracyOver(vgb, point);
      Measured distinct = Frontier.distinctOver(vgb, point);
      return new Baseline(
          Sampled.of(point),
          Frontier.dominates(point, vgb),
          Frontier.dominates(vgb, point),
          accuracy.value(),
          accuracy.standardError(),
          distinct.value(),
          distinct.standardError());
    }
  }
}
