package io.tailwalk.runs.compare;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.runs.sample.PromptResult;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Sampler;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The results of one sampler; means over prompts exclude prompts on which a quantity is undefined.
 *
 * @param label the sampler as named by the user
 * @param sampler the sampler
 * @param n completions requested per prompt
 * @param use answers at the common cost
 * @param targets the exact distribution of each prompt, if known
 */
public record SamplerRow(
    String label,
    Sampler sampler,
    int n,
    EqualUse use,
    List<Optional<Map<List<Integer>, Double>>> targets) {
  /** Keeps a copy. */
  public SamplerRow {
    targets = List.copyOf(targets);
  }

  /** The answers, one per prompt. */
  public List<PromptResult> results() {
    return use.results();
  }

  /** One sentence if the use differs from the other samplers. */
  public Optional<String> warning() {
    return use.isEqual()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s used %.0f%% of the budget: it %s.",
                label,
                100 * use.share(),
                use.reason()));
  }

  /**
   * Whether another sampler is at least as accurate and as diverse, and better in one of the two.
   */
  public boolean isBeatenBy(SamplerRow other) {
    double accuracy = accuracy();
    double entropy = diversity();
    return other.accuracy() >= accuracy
        && other.diversity() >= entropy
        && (other.accuracy() > accuracy || other.diversity() > entropy);
  }

  /** Entropy; 0 if no completion passes. */
  private double diversity() {
    double entropy = entropy();
    return Double.isNaN(entropy) ? 0 : entropy;
  }

  /**
   * Share of the requested completions that pass; completions that were not delivered do not pass.
   */
  public double accuracy() {
    return mean(result -> (double) passing(result).size() / n);
  }

  /** Number of prompts with a completion that passes. */
  public int solved() {
    return (int) results().stream().filter(result -> !passing(result).isEmpty()).count();
  }

  public double distinct(int words) {
    return mean(result -> TextDiversity.distinct(texts(result), words));
  }

  public double selfSimilarity() {
    return mean(result -> TextDiversity.selfSimilarity(texts(result)));
  }

  public double entropy() {
    return mean(result -> TextDiversity.entropy(texts(result)));
  }

  /**
   * Total variation distance from the target distribution; NaN if the target is unknown. A run
   * without samples has distance 1.
   */
  public double distance() {
    double sum = 0;
    int known = 0;
    for (int i = 0; i < results().size(); i++) {
      var target = targets.get(i);
      if (target.isPresent()) {
        List<Completion> outcomes = results().get(i).sampling().outcomes();
        sum += outcomes.isEmpty() ? 1 : ExactTarget.distance(target.get(), outcomes);
        known++;
      }
    }
    return known == 0 ? Double.NaN : sum / known;
  }

  public Cost cost() {
    return results().stream().map(result -> result.sampling().cost()).reduce(Cost.ZERO, Cost::plus);
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
    return results().stream()
        .mapToDouble(quantity)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
