package io.tailwalk.lab.codetests;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.PlainDouble;
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
  private CodeFigures() {}

  private record Form(
      @JsonUnwrapped ExperimentSettings settings,
      String model,
      String modelFingerprint,
      int repeats,
      int budgetModelTokens,
      boolean holds,
      double successProbability,
      int referenceLines,
      double referenceEffectiveDraws,
      long referenceModelTokens,
      Shares target,
      List<OfSampler> samplers) {}

  static ObjectNode json(CodeExperiment experiment, CodeResults results, CodeVerdict verdict) {
    CodePlan plan = experiment.plan();
    ModelIdentity model = experiment.model().identity();
    return Json.of(
        new Form(
            experiment.settings(),
            model.name(),
            model.fingerprint(),
            plan.repeats(),
            plan.budget(),
            verdict.holds(),
            results.mass(),
            results.reference().size(),
            results.referenceSize(),
            results.referenceTokens(),
            Shares.of(results.target()),
            Entry.all(plan.budget()).stream()
                .map(entry -> OfSampler.of(entry.label(), results))
                .toList()));
  }

  private record OfSampler(
      String sampler,
      Shares distribution,
      @JsonAnyGetter @JsonSerialize(contentUsing = PlainDouble.class) Map<String, Double> distances,
      List<Run> runs) {
    static OfSampler of(String label, CodeResults results) {
      CodeResults.Distance logProb = CaseDistribution::logProbDistance;
      CodeResults.Distance length = CaseDistribution::lengthDistance;
      CodeResults.Distance kind = CaseDistribution::kindDistance;
      Map<String, Double> distances = new LinkedHashMap<>();
      put(distances, "log_prob_distance", results.distance(label, logProb));
      put(distances, "log_prob_nearer", results.nearer(label, logProb));
      put(distances, "length_distance", results.distance(label, length));
      put(distances, "kind_distance", results.distance(label, kind));
      put(distances, "length_nearer", results.nearer(label, length));
      put(distances, "kind_nearer", results.nearer(label, kind));
      List<Run> runs = results.of(label).stream().map(Run::of).toList();
      return new OfSampler(label, Shares.of(results.distribution(label)), distances, runs);
    }

    private static void put(Map<String, Double> distances, String name, Estimate estimate) {
      distances.put(name, estimate.value());
      distances.put(name + "_low", estimate.low());
      distances.put(name + "_high", estimate.high());
    }
  }

  private record Run(
      int returned,
      int passing,
      long modelTokens,
      @JsonSerialize(using = PlainDouble.class) double logProb,
      @JsonSerialize(using = PlainDouble.class) double meanLength,
      String example) {
    static Run of(CodeResults.CodeRun run) {
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
        kinds.put(kind.word(), distribution.share(kind));
      }
      List<Double> lengths = DoubleStream.of(distribution.lengths()).boxed().toList();
      return new Shares(distribution.logProb(), lengths, kinds);
    }
  }
}
