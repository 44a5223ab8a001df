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
 * How one sampler did; means over prompts, those left out where a quantity has no meaning.
 *
 * @param label the sampler as the user named it
 * @param sampler the sampler
 * @param n completions asked for of each prompt
 * @param use its answers at the common cost
 * @param targets the exact distribution of each prompt, where it is known
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

  /** The answers, one a prompt. */
  public List<PromptResult> results() {
    return use.results();
  }

  /** One sentence where the use is not that of the others. */
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

  /** Whether another is at least as accurate and as diverse, and better at one of them. */
  public boolean isBeatenBy(SamplerRow other) {
    double accuracy = accuracy();
    double entropy = diversity();
    return other.accuracy() >= accuracy
        && other.diversity() >= entropy
        && (other.accuracy() > accuracy || other.diversity() > entropy);
  }

  /** Entropy, 0 where nothing passes. */
  private double diversity() {
    double entropy = entropy();
    return Double.isNaN(entropy) ? 0 : entropy;
  }

  /** Completions that pass, of all asked for; those not delivered do not pass. */
  public double accuracy() {
    return mean(result -> (double) passing(result).size() / n);
  }

  /** Prompts with a completion that passes. */
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
   * Total variation from the target distribution; NaN where it is not known. A run without sample
   * has 1.
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
