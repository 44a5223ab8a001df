package io.tailwalk.runs.compare;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.runs.sample.KeptResults;
import io.tailwalk.runs.sample.PromptBatch;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.PromptRunner;
import io.tailwalk.runs.sample.Recipe;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Compares samplers on the same prompts with the same use of model tokens. */
public final class Comparison {
  /**
   * Default maximum number of prefixes per prompt for the exact target distribution of an embedded
   * model.
   */
  public static final long EXACT_NODES_OF_EMBEDDED_MODELS = 5_000;

  private Comparison() {}

  /**
   * Runs every sampler on every prompt.
   *
   * @param model model at the recipe's temperature
   * @param recipe the recipe, whose sampler is replaced; its budget is the amount that each sampler
   *     has to use
   * @param samplers samplers by label
   * @param exactNodes maximum number of prefixes to expand for the exact target distribution of a
   *     prompt; 0 to skip it
   * @param parallel number of prompts at a time
   * @param watches returns the watch for the label of a sampler
   * @param kept keeps the results as they come
   * @throws java.util.concurrent.CancellationException if a watch ended the work
   */
  public static CompareFigures run(
      LanguageModel model,
      Recipe recipe,
      Map<String, Sampler> samplers,
      List<PromptJob> jobs,
      long exactNodes,
      int parallel,
      Function<String, Watch> watches,
      KeptResults kept) {
    long tokens = recipe.budget().modelTokens();
    List<Optional<Map<List<Integer>, Double>>> targets = new ArrayList<>();
    for (PromptJob job : jobs) {
      targets.add(
          exactNodes < 1 ? Optional.empty() : ExactTarget.of(model, job, recipe, exactNodes));
    }
    List<SamplerRow> rows = new ArrayList<>();
    samplers.forEach((label, sampler) -> {
      Watch watch = watches.apply(label);
      var use =
          EqualUse.of(
              tokens,
              budget -> {
                Recipe given = PromptBatch.with(recipe, sampler, budget);
                var runner = PromptRunner.toTheEndOfTheBudget(model, given);
                return kept.pass(runner, jobs, parallel, watch);
              });
      rows.add(new SamplerRow(label, sampler, recipe.n(), use, targets));
    });
    return new CompareFigures(rows, tokens);
  }
}
