package io.tailwalk.cli.compare;

import io.tailwalk.cli.generate.PromptResult;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Sampler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How one sampler did; means over prompts, those left out where a quantity has no meaning.
 *
 * @param label the sampler as the user named it
 * @param sampler the sampler
 * @param n completions asked for of each prompt
 * @param results one a prompt
 * @param targets the exact law of each prompt, where it is known
 */
record SamplerRow(
    String label,
    Sampler sampler,
    int n,
    List<PromptResult> results,
    List<Optional<Map<List<Integer>, Double>>> targets) {
  /** Keeps copies. */
  SamplerRow {
    results = List.copyOf(results);
    targets = List.copyOf(targets);
  }

  /** Completions that pass, of all asked for; those not delivered do not pass. */
  double accuracy() {
    return mean(result -> (double) passing(result).size() / n);
  }

  /** Prompts with a completion that passes. */
  int solved() {
    return (int) results.stream().filter(result -> !passing(result).isEmpty()).count();
  }

  double distinct(int words) {
    return mean(result -> TextDiversity.distinct(texts(result), words));
  }

  double selfSimilarity() {
    return mean(result -> TextDiversity.selfSimilarity(texts(result)));
  }

  double entropy() {
    return mean(result -> TextDiversity.entropy(texts(result)));
  }

  /** Total variation from the target law; NaN where it is not known. A run without sample has 1. */
  double distance() {
    double sum = 0;
    int known = 0;
    for (int i = 0; i < results.size(); i++) {
      var target = targets.get(i);
      if (target.isPresent()) {
        List<Completion> outcomes = results.get(i).sampling().outcomes();
        sum += outcomes.isEmpty() ? 1 : ExactTarget.distance(target.get(), outcomes);
        known++;
      }
    }
    return known == 0 ? Double.NaN : sum / known;
  }

  Cost cost() {
    return results.stream().map(result -> result.sampling().cost()).reduce(Cost.ZERO, Cost::plus);
  }

  private static List<Completion> passing(PromptResult result) {
    return result.sampling().draws().stream()
        .filter(draw -> draw.logReward() > Double.NEGATIVE_INFINITY)
        .toList();
  }

  private static List<String> texts(PromptResult result) {
    return passing(result).stream().map(Completion::text).toList();
  }

  private double mean(ToDoubleFunction<PromptResult> quantity) {
    return results.stream()
        .mapToDouble(quantity)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
