package io.tailwalk.lab.letter;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.PlainDouble;
import io.tailwalk.records.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class LetterFigures {
  private LetterFigures() {}

  private record Form(
      @JsonUnwrapped ExperimentSettings settings,
      String model,
      String modelFingerprint,
      String judge,
      String judgeDescription,
      String judgeFingerprint,
      int tokens,
      int prompts,
      int repeats,
      int peerRepeats,
      int n,
      int budgetModelTokens,
      boolean holds,
      @JsonAnyGetter @JsonSerialize(contentUsing = PlainDouble.class) Map<String, Double> target,
      List<Gains> gains,
      List<LetterRun> runs,
      Controls judgeControls,
      int pairsAtEachAlpha,
      int pairsUnderOtherConstraints,
      int pairBudgetModelTokens,
      List<Duel> pairs) {}

  static ObjectNode json(
      LetterExperiment experiment,
      LetterResults results,
      DuelResults compared,
      LetterVerdict verdict) {
    LetterPlan plan = results.plan();
    ModelIdentity model = experiment.model().identity();
    ModelIdentity judge = experiment.judge().identity();
    return Json.of(
        new Form(
            experiment.settings(),
            model.name(),
            model.fingerprint(),
            judge.name(),
            judge.description(),
            judge.fingerprint(),
            plan.tokens(),
            plan.prompts(),
            plan.repeats(),
            plan.peerRepeats(),
            plan.n(),
            plan.budget(),
            verdict.holds(),
            results.targetGain().named("target_over_action_level_own"),
            Contender.all(plan.budget(), plan.tokens()).stream()
                .map(Contender::label)
                .filter(label -> !label.equals(Contender.ACTION_LEVEL))
                .map(label -> Gains.of(label, results))
                .toList(),
            results.runs(),
            compared.controls(),
            experiment.duels().pairs(),
            experiment.duels().others(),
            experiment.duels().budget(),
            compared.duels()));
  }

  private record Gains(
      String sampler,
      @JsonAnyGetter @JsonSerialize(contentUsing = PlainDouble.class) Map<String, Double> means,
      List<AtAlpha> perAlpha) {
    static Gains of(String label, LetterResults results) {
      Map<String, Double> means = new LinkedHashMap<>();
      means.putAll(results.meanGain(label, LetterRun::judged).named("judged"));
      means.putAll(results.meanGain(label, LetterRun::judgedPerToken).named("judged_per_token"));
      means.putAll(results.meanGain(label, LetterRun::own).named("own"));
      return new Gains(
          label,
          means,
          results.plan().alphas().stream()
              .map(alpha -> AtAlpha.of(label, alpha, results))
              .toList());
    }
  }

  private record AtAlpha(
      double alpha,
      @JsonAnyGetter @JsonSerialize(contentUsing = PlainDouble.class) Map<String, Double> means) {
    static AtAlpha of(String label, double alpha, LetterResults results) {
      Map<String, Double> means = new LinkedHashMap<>();
      means.putAll(results.gain(label, alpha, LetterRun::judged).named("judged"));
      means.putAll(results.gain(label, alpha, LetterRun::own).named("own"));
      return new AtAlpha(alpha, means);
    }
  }
}
