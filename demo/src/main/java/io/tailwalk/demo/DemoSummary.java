package io.tailwalk.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.records.Json;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.Estimate;
import io.tailwalk.runs.sample.PromptSummary;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The numbers of the demonstration as JSON. */
final class DemoSummary {
  private DemoSummary() {}

  static ObjectNode json(
      List<SamplerScore> scores, Optional<CheckpointFigures> checkpoints, RunRecord run) {
    return Json.of(
        new Form(
            scores.stream().map(OfSampler::of).toList(),
            checkpoints.map(CheckpointFigures::json),
            run));
  }

  private record Form(
      List<OfSampler> samplers,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ObjectNode> checkpoints,
      RunRecord run) {}

  private record OfSampler(
      String sampler,
      TargetDistribution targetDistribution,
      int prompts,
      int promptsSolved,
      int distinctCompletions,
      @JsonProperty("distinct_2") double distinct2,
      Cost cost,
      Median successProbabilityMedian,
      List<PromptSummary> byPrompt) {
    static OfSampler of(SamplerScore score) {
      Estimate median = score.medianSuccessProbability();
      return new OfSampler(
          score.name(),
          score.sampler().targetDistribution(),
          score.results().size(),
          score.solved(),
          score.distinct(),
          score.distinctPairs(),
          score.cost(),
          new Median(median.value(), median.low(), median.high()),
          score.results().stream().map(PromptSummary::of).toList());
    }
  }

  private record Median(double value, double low, double high) {}
}
