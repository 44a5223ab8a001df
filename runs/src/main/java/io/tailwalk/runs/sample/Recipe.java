package io.tailwalk.runs.sample;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Truncation;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.AfterReasoning;
import io.tailwalk.core.verify.ReasoningTags;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.sampling.Sampler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The settings for answering prompts.
 *
 * @param sampler the sampler
 * @param verifier the tilt of complete responses; its prefix value guides the walks
 * @param value a learned or custom value that guides the walks instead, if any
 * @param rule how children are made
 * @param n completions requested per prompt
 * @param maxTokens length limit, in tokens
 * @param temperature temperature of the model's distribution
 * @param stop strings that end a response
 * @param budget budget per prompt
 * @param seed seed of all randomness
 * @param testTimeRate rate of the model's test-time training; empty for none
 * @param truncation cuts of the model's distribution at the temperature
 */
public record Recipe(
    Sampler sampler,
    Verifier verifier,
    Optional<Guide> value,
    ExpansionRule rule,
    int n,
    int maxTokens,
    double temperature,
    List<String> stop,
    Budget budget,
    long seed,
    OptionalDouble testTimeRate,
    Truncation truncation) {
  /** Keeps an immutable copy of the stop strings. */
  public Recipe {
    stop = List.copyOf(stop);
  }

  /** The settings for a distribution that is not cut. */
  public Recipe(
      Sampler sampler,
      Verifier verifier,
      Optional<Guide> value,
      ExpansionRule rule,
      int n,
      int maxTokens,
      double temperature,
      List<String> stop,
      Budget budget,
      long seed,
      OptionalDouble testTimeRate) {
    this(
        sampler,
        verifier,
        value,
        rule,
        n,
        maxTokens,
        temperature,
        stop,
        budget,
        seed,
        testTimeRate,
        Truncation.NONE);
  }

  /** Returns this recipe with another sampler and budget. */
  public Recipe with(Sampler other, Budget otherBudget) {
    return new Recipe(
        other,
        verifier,
        value,
        rule,
        n,
        maxTokens,
        temperature,
        stop,
        otherBudget,
        seed,
        testTimeRate,
        truncation);
  }

  /**
   * Returns this recipe with a verifier that judges only what follows the reasoning.
   *
   * @param closed the prompts that already close the reasoning
   */
  public Recipe judgedAfter(ReasoningTags tags, Set<Prompt> closed) {
    return new Recipe(
        sampler,
        new AfterReasoning(
            verifier, tags, closed.isEmpty() ? _ -> false : Set.copyOf(closed)::contains),
        value,
        rule,
        n,
        maxTokens,
        temperature,
        stop,
        budget,
        seed,
        testTimeRate,
        truncation);
  }

  /** The verifier, if it judges only what follows the reasoning. */
  public Optional<AfterReasoning> reasoning() {
    return verifier instanceof AfterReasoning after ? Optional.of(after) : Optional.empty();
  }

  /**
   * Returns the value that guides the walks, and the context to use with it: the value of the
   * recipe, or the verifier's own value of prefixes.
   *
   * @param context context after the prompt
   */
  Guided guide(ModelContext context) {
    return value
        .map(guide -> guide.over(verifier, context))
        .orElseGet(() -> new Guided(verifier.prefixValue(), context));
  }

  /** All settings except the seed by name, for rows and records. */
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>(sampler.params());
    params.put("verifier", verifier.name());
    reasoning().ifPresent(after -> params.put("reasoning", after.tags().toString()));
    value.ifPresent(guide -> params.put("value", guide.stamp()));
    params.put("n", n);
    params.put("max_tokens", maxTokens);
    params.put("temperature", temperature);
    params.putAll(truncation.params());
    testTimeRate.ifPresent(rate -> params.put("test_time_training", rate));
    params.put("children", children());
    limit(params, "budget_tokens", budget.modelTokens());
    limit(params, "budget_calls", budget.modelCalls());
    if (budget.wallNanos() != Long.MAX_VALUE) {
      params.put("budget_seconds", budget.wallNanos() / 1e9);
    }
    for (int i = 0; i < stop.size(); i++) {
      params.put(stop.size() == 1 ? "stop" : "stop_" + (i + 1), stop.get(i));
    }
    return params;
  }

  private String children() {
    return switch (rule) {
      case ExpansionRule.Enumerate() -> "enumerate";
      case ExpansionRule.Sample(int k, int block) when block == 1 -> Integer.toString(k);
      case ExpansionRule.Sample(int k, int block) -> k + " blocks of " + block;
      case ExpansionRule.HeadAndTail(int head, int draws) -> head + "+" + draws;
    };
  }

  private static void limit(Map<String, Object> params, String name, long limit) {
    if (limit != Long.MAX_VALUE) {
      params.put(name, limit);
    }
  }
}
