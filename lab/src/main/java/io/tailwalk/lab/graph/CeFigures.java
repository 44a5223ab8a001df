package io.tailwalk.lab.graph;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.builtin.graph.GraphShape;
import io.tailwalk.lab.Scale;
import io.tailwalk.records.Json;
import io.tailwalk.train.evaluate.CoverageReport;
import io.tailwalk.train.optim.LearningRate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class CeFigures {
  private CeFigures() {}

  private record Form(
      Plan plan,
      int heldOutPrompts,
      Falls crossEntropyFalls,
      Turn coverageTurns,
      PassTurn passTurns,
      Correlations passFollowsCoverage,
      Choices choice,
      List<String> summary,
      List<Checkpoint> checkpoints,
      Scale scale,
      long seed,
      String base) {}

  private record Falls(boolean holds) {}

  private record Turn(boolean holds, @JsonUnwrapped CoverageCourse course) {}

  private record PassTurn(
      boolean holds,
      int attempts,
      double rise,
      List<Double> riseInterval,
      double fall,
      List<Double> fallInterval) {
    static PassTurn of(CeVerdict verdict) {
      return new PassTurn(
          verdict.passTurns(),
          CeVerdict.ATTEMPTS,
          verdict.rise().value(),
          verdict.rise().ends(),
          verdict.fall().value(),
          verdict.fall().ends());
    }
  }

  private record Correlations(boolean holds, List<CeVerdict.Follows> rankCorrelations) {}

  static ObjectNode json(
      CoverageVsCe settings,
      GraphPlan plan,
      boolean shipped,
      ScoredSeries series,
      CeVerdict verdict) {
    return Json.of(
        new Form(
            Plan.of(plan),
            series.judgingPrompts(),
            new Falls(verdict.falls()),
            new Turn(verdict.coverageTurns(), verdict.coverage()),
            PassTurn.of(verdict),
            new Correlations(verdict.followsHolds(), verdict.follows()),
            Choices.of(series, verdict),
            verdict.summary(),
            series.judging().stream().map(Checkpoint::of).toList(),
            settings.scale(),
            settings.seed(),
            shipped ? "shipped" : "trained"));
  }

  private record Plan(
      @JsonUnwrapped GraphShape shape,
      String architecture,
      int layers,
      int heads,
      int embedding,
      List<Training> baseModel,
      Training finetuning,
      int threadsInTraining) {
    static Plan of(GraphPlan plan) {
      return new Plan(
          plan.shape(),
          plan.model().architecture().id(),
          plan.model().layers(),
          plan.model().heads(),
          plan.model().embedding(),
          plan.base().stream().map(Training::of).toList(),
          Training.of(plan.fineTuning()),
          plan.threads());
    }
  }

  private record Training(
      String stage, long steps, int batch, Rate learningRate, List<Double> mixture) {
    static Training of(Stage stage) {
      List<Double> mixture = stage.tasks().getLast().mixture().weights();
      return new Training(
          stage.name(), stage.steps(), stage.batch(), Rate.of(stage.rate()), mixture);
    }
  }

  private record Rate(double peak, long warmUpSteps, long endStep, double floor) {
    static Rate of(LearningRate rate) {
      return new Rate(rate.peak(), rate.warmUp(), rate.steps(), rate.floor());
    }
  }

  private record Choices(
      boolean holds,
      double n,
      int attempts,
      long tournamentStep,
      long crossEntropyStep,
      double tournamentPass,
      double crossEntropyPass,
      double basePass,
      double overCrossEntropy,
      List<Double> overCrossEntropyInterval,
      double overBase,
      List<Double> overBaseInterval) {
    static Choices of(ScoredSeries series, CeVerdict verdict) {
      Choice choice = verdict.choice();
      List<Double> pass = series.pass(CeVerdict.ATTEMPTS);
      return new Choices(
          verdict.choiceHolds(),
          choice.result().n(),
          CeVerdict.ATTEMPTS,
          series.step(choice.tournament()),
          series.step(choice.crossEntropy()),
          pass.get(choice.tournament()),
          pass.get(choice.crossEntropy()),
          pass.getFirst(),
          verdict.overCrossEntropy().value(),
          verdict.overCrossEntropy().ends(),
          verdict.overBase().value(),
          verdict.overBase().ends());
    }
  }

  private record Checkpoint(
      long step,
      double crossEntropy,
      double kl,
      Map<String, Double> coverage,
      Map<String, Double> pass) {
    static Checkpoint of(CoverageReport report) {
      return new Checkpoint(
          report.step(),
          report.crossEntropy(),
          report.kl(),
          byLevel(ScoredSeries.FACTORS, report.coverage()),
          byLevel(ScoredSeries.ATTEMPTS, report.pass()));
    }

    private static Map<String, Double> byLevel(List<? extends Number> levels, List<Double> values) {
      Map<String, Double> by = new LinkedHashMap<>();
      for (int k = 0; k < levels.size(); k++) {
        by.put(CeVerdict.plain(levels.get(k).doubleValue()), values.get(k));
      }
      return by;
    }
  }
}
