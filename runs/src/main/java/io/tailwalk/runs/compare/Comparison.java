package io.tailwalk.runs.compare;

import io.tailwalk.core.model.LanguageModel;
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

/** Sets samplers side by side on the same prompts at the same use of model tokens. */
public final class Comparison {
  /** Prefixes of a prompt that are looked at by default where the model is an embedded one. */
  public static final long EXACT_NODES_OF_EMBEDDED_MODELS = 5_000;

  private Comparison() {}

  /**
   * Runs every sampler on every prompt.
   *
   * @param model at the recipe's temperature
   * @param recipe but for the sampler; its budget is what each is to use
   * @param samplers by label
   * @param exactNodes prefixes to look at for the exact target distribution of a prompt; 0 for none
   * @param parallel prompts at a time
   * @param watches who looks on, by label of the sampler
   * @throws java.util.concurrent.CancellationException if a watch ended the work
   */
  public static CompareFigures run(
      LanguageModel model,
      Recipe recipe,
      Map<String, Sampler> samplers,
      List<PromptJob> jobs,
      long exactNodes,
      int parallel,
      Function<String, Watch> watches) {
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
                return PromptBatch.run(runner, jobs, parallel, watch);
              });
      rows.add(new SamplerRow(label, sampler, recipe.n(), use, targets));
    });
    return new CompareFigures(rows, tokens);
  }
}
