package io.tailwalk.runs.sample;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Diagnostics;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.statistics.BettingCapital;
import io.tailwalk.statistics.CapitalState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result of a prompt as a line of a journal: read back, it is the same to the last bit, with or
 * without its completions.
 */
final class ResultLine {
  /** Components only, with infinities as Java names them; not a format for others. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultVisibility(visible ->
              visible
                  .withFieldVisibility(Visibility.ANY)
                  .withGetterVisibility(Visibility.NONE)
                  .withIsGetterVisibility(Visibility.NONE))
          .build();

  private ResultLine() {}

  record Drawn(
      List<Integer> tokenIds,
      String text,
      List<Double> tokenLogProbs,
      double logReward,
      FinishReason finishReason,
      double weight) {
    static Drawn of(Completion completion) {
      return new Drawn(
          completion.tokenIds(),
          completion.text(),
          completion.tokenLogProbs(),
          completion.logReward(),
          completion.finishReason(),
          completion.weight());
    }

    Completion completion() {
      return new Completion(tokenIds, text, tokenLogProbs, logReward, finishReason, weight);
    }
  }

  record Form(
      List<Integer> promptTokenIds,
      List<Drawn> draws,
      List<Drawn> outcomes,
      Estimate successProbability,
      CapitalState units,
      double effectiveSampleSize,
      Map<String, Double> counts,
      List<String> notes,
      Cost cost,
      StopReason stopReason,
      long wallMillis) {}

  static String of(PromptResult result, boolean completions) {
    Sampling sampling = result.sampling();
    return MAPPER.writeValueAsString(
        new Form(
            Arrays.stream(result.promptTokenIds()).boxed().toList(),
            completions ? drawn(sampling.draws()) : List.of(),
            completions ? drawn(sampling.outcomes()) : List.of(),
            sampling.successProbability(),
            sampling.units().state(),
            sampling.diagnostics().effectiveSampleSize(),
            new TreeMap<>(sampling.diagnostics().counts()),
            sampling.diagnostics().notes(),
            sampling.cost(),
            sampling.stopReason(),
            result.wallMillis()));
  }

  private static List<Drawn> drawn(List<Completion> completions) {
    return completions.stream().map(Drawn::of).toList();
  }

  static PromptResult read(PromptJob job, String line) {
    Form form = MAPPER.readValue(line, Form.class);
    return new PromptResult(
        job,
        form.promptTokenIds.stream().mapToInt(Integer::intValue).toArray(),
        new Sampling(
            form.draws.stream().map(Drawn::completion).toList(),
            form.outcomes.stream().map(Drawn::completion).toList(),
            form.successProbability,
            BettingCapital.of(form.units),
            new Diagnostics(form.effectiveSampleSize, form.counts, form.notes),
            form.cost,
            form.stopReason),
        form.wallMillis);
  }
}
