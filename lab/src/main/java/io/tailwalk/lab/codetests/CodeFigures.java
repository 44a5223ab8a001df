package io.tailwalk.lab.codetests;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.PlainDouble;
import io.tailwalk.lab.codetests.FunctionResults.CodeRun;
import io.tailwalk.lab.codetests.FunctionResults.Distance;
import io.tailwalk.records.Json;
import io.tailwalk.report.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class CodeFigures {
  private static final Map<String, Distance> DISTANCES = distances();

  private CodeFigures() {}

  private static Map<String, Distance> distances() {
    Map<String, Distance> distances = new LinkedHashMap<>();
    distances.put("length", CaseDistribution::lengthDistance);
    distances.put("kind", CaseDistribution::kindDistance);
    distances.put("log_prob", CaseDistribution::logProbDistance);
    return distances;
  }

  private record Form(
      @JsonUnwrapped ExperimentSettings settings,
      String model,
      String modelFingerprint,
      int repeats,
      int budgetModelTokens,
      boolean holds,
      List<OverFunctions> samplers,
      List<OfFunction> functions) {}

  static ObjectNode json(CodeExperiment experiment, CodeResults results, CodeVerdict verdict) {
    CodePlan plan = experiment.plan();
    ModelIdentity model = experiment.model().identity();
    List<String> labels = results.labels();
    return Json.of(
        new Form(
            experiment.settings(),
            model.name(),
            model.fingerprint(),
            plan.repeats(),
            plan.budget(),
            verdict.holds(),
            labels.stream().map(label -> OverFunctions.of(label, results)).toList(),
            results.functions().stream()
                .map(function -> OfFunction.of(function, labels))
                .toList()));
  }

  private static void put(Map<String, Double> figures, String name, Estimate estimate) {
    figures.put(name, estimate.value());
    figures.put(name + "_low", estimate.low());
    figures.put(name + "_high", estimate.high());
  }

  /** Means over the functions. */
  private record OverFunctions(
      String sampler,
      @JsonAnyGetter @JsonSerialize(contentUsing = PlainDouble.class) Map<String, Double> means) {
    static OverFunctions of(String label, CodeResults results) {
      Map<String, Double> means = new LinkedHashMap<>();
      DISTANCES.forEach((name, distance) -> {
        means.put(name + "_distance", results.distance(label, distance));
        put(means, name + "_nearer", results.nearer(label, distance));
      });
      return new OverFunctions(label, means);
    }
  }

  private record OfFunction(
      String function,
      double successProbability,
      int referenceLines,
      double referenceEffectiveDraws,
      long referenceModelTokens,
      Shares target,
      List<OfSampler> samplers) {
    static OfFunction of(FunctionResults results, List<String> labels) {
      return new OfFunction(
          results.function().word(),
          results.mass(),
          results.reference().size(),
          results.referenceSize(),
          results.referenceTokens(),
          Shares.of(results.target()),
          labels.stream().map(label -> OfSampler.of(label, results)).toList());
    }
  }

  private record OfSampler(
      String sampler,
      Shares distribution,
      @JsonAnyGetter @JsonSerialize(contentUsing = PlainDouble.class) Map<String, Double> distances,
      List<Run> runs) {
    static OfSampler of(String label, FunctionResults results) {
      Map<String, Double> distances = new LinkedHashMap<>();
      DISTANCES.forEach((name, distance) ->
          put(distances, name + "_distance", results.distance(label, distance)));
      List<Run> runs = results.of(label).stream().map(Run::of).toList();
      return new OfSampler(label, Shares.of(results.distribution(label)), distances, runs);
    }
  }

  private record Run(
      int returned,
      int passing,
      long modelTokens,
      @JsonSerialize(using = PlainDouble.class) double logProb,
      @JsonSerialize(using = PlainDouble.class) double meanLength,
      String example) {
    static Run of(CodeRun run) {
      CaseDistribution lines = run.distribution();
      return new Run(
          run.returned(),
          run.passing(),
          run.modelTokens(),
          lines.logProb(),
          lines.isEmpty() ? Double.NaN : lines.meanLength(),
          run.example());
    }
  }

  private record Shares(
      @JsonSerialize(using = PlainDouble.class) double logProb,
      List<Double> lengths,
      Map<String, Double> kinds) {
    static Shares of(CaseDistribution distribution) {
      Map<String, Double> kinds = new LinkedHashMap<>();
      for (CaseKind kind : CaseKind.values()) {
        if (distribution.share(kind) > 0) {
          kinds.put(kind.word(), distribution.share(kind));
        }
      }
      List<Double> lengths = DoubleStream.of(distribution.lengths()).boxed().toList();
      return new Shares(distribution.logProb(), lengths, kinds);
    }
  }
}
